/* SPDX-License-Identifier: BSD-2-Clause */
/* The zPCI instructions of the machine (design: zPCI instruction layer, kernel-linked).
 * Encodings are written with .insn because the assembler knows them only for newer levels than
 * the one that we build for. Operand registers, from drivers/zpci/README.md:
 *   - the register with the handle carries fh in its high word and returns the status in bits 32
 *     to 39 (IBM numbering);
 *   - an even/odd pair is one 128-bit value: high half in the even register. */
#include "drivers/zpci/insn/insn.h"

typedef unsigned __int128 reg_pair;

/* A device decides whether an access is an operand exception (a hole in a BAR, say), so a program
 * interruption of these instructions is a result and not a fault of the kernel: the kernel looks
 * the address behind the instruction up in this table and goes on at the second one. The condition
 * code stays what it was set to before: 1, with status 0. */
#define GUARDED(instruction)                                                                       \
    instruction "\n"                                                                               \
                "1: ipm %[ipm]\n"                                                                  \
                "2:\n"                                                                             \
                ".pushsection .fixup, \"a\"\n"                                                     \
                ".quad 1b, 2b\n"                                                                   \
                ".popsection"
#define CC_INTERRUPTED 0x10000000u

#define HANDLE_SHIFT 32
#define SPACE_SHIFT 16
#define STATUS_SHIFT 24
#define CLP_PROCESSOR_PCI 2
#define ISC_SHIFT 27

static uint64_t handle_operand(uint32_t fh, uint8_t space, uint16_t low)
{
    return (uint64_t)fh << HANDLE_SHIFT | (uint64_t)space << SPACE_SHIFT | low;
}

static reg_pair pair_make(uint64_t even, uint64_t odd)
{
    return (reg_pair)even << 64 | odd;
}

/* psw is what IPM left: the condition code in bits 2 and 3 of the low word. */
static struct zpci_result result_make(uint32_t ipm, uint64_t handle)
{
    uint8_t cc = (uint8_t)(ipm >> 28 & 3);
    uint8_t status = (uint8_t)(handle >> STATUS_SHIFT);

    return (struct zpci_result){.cc = cc, .status = cc == 1 ? status : 0};
}

struct zpci_result zpci_clp(uint8_t *block)
{
    uint64_t mask = 0;
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rrf,0xb9a00000,%[mask],%[block],0,%[processor]")
                     : [mask] "+d"(mask), [ipm] "+d"(ipm)
                     : [block] "a"(block), [processor] "i"(CLP_PROCESSOR_PCI)
                     : "cc", "memory");
    return result_make(ipm, 0);
}

struct zpci_result zpci_pcilg(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                              uint64_t *data)
{
    reg_pair request = pair_make(handle_operand(fh, space, length), offset);
    struct zpci_result result;
    uint64_t value = 0;
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rre,0xb9d20000,%[value],%[request]")
                     : [value] "+d"(value), [request] "+&d"(request), [ipm] "+d"(ipm)
                     :
                     : "cc", "memory");
    result = result_make(ipm, (uint64_t)(request >> 64));
    if (result.cc == 0)
        *data = value;
    return result;
}

struct zpci_result zpci_pcistg(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                               uint64_t data)
{
    reg_pair request = pair_make(handle_operand(fh, space, length), offset);
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rre,0xb9d00000,%[data],%[request]")
                     : [request] "+d"(request), [ipm] "+d"(ipm)
                     : [data] "d"(data)
                     : "cc", "memory");
    return result_make(ipm, (uint64_t)(request >> 64));
}

struct zpci_result zpci_pcistb(uint32_t fh, uint8_t space, uint64_t offset, uint16_t length,
                               const uint8_t *source)
{
    uint64_t request = handle_operand(fh, space, length);
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rsy,0xeb00000000d0,%[request],%[offset],0(%[source])")
                     : [request] "+d"(request), [ipm] "+d"(ipm)
                     : [offset] "d"(offset), [source] "a"(source)
                     : "cc", "memory");
    return result_make(ipm, request);
}

struct zpci_result zpci_mpcifc(uint32_t fh, uint8_t operation, const uint8_t *fib)
{
    uint64_t request = handle_operand(fh, 0, operation);
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rxy,0xe300000000d0,%[request],0(%[fib])")
                     : [request] "+d"(request), [ipm] "+d"(ipm)
                     : [fib] "a"(fib)
                     : "cc", "memory");
    return result_make(ipm, request);
}

struct zpci_result zpci_stpcifc(uint32_t fh, uint8_t *fib)
{
    uint64_t request = handle_operand(fh, 0, 0);
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rxy,0xe300000000d4,%[request],0(%[fib])")
                     : [request] "+d"(request), [ipm] "+d"(ipm)
                     : [fib] "a"(fib)
                     : "cc", "memory");
    return result_make(ipm, request);
}

struct zpci_result zpci_rpcit(uint32_t fh, uint64_t start, uint64_t length)
{
    reg_pair range = pair_make(start, length);
    uint64_t request = handle_operand(fh, 0, 0);
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rre,0xb9d30000,%[request],%[range]")
                     : [request] "+d"(request), [range] "+d"(range), [ipm] "+d"(ipm)
                     :
                     : "cc", "memory");
    return result_make(ipm, request);
}

void zpci_sic(uint16_t operation, uint8_t isc, const uint8_t *iib)
{
    uint64_t subclass = (uint64_t)isc << ISC_SHIFT;

    __asm__ volatile(
        ".insn rsy,0xeb00000000d1,%[operation],%[subclass],0(%[iib])"
        :
        : [operation] "d"((uint64_t)operation), [subclass] "d"(subclass), [iib] "a"(iib)
        : "cc", "memory");
}

struct zpci_result zpci_chsc(uint8_t *block)
{
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rre,0xb25f0000,%[block],0")
                     : [ipm] "+d"(ipm)
                     : [block] "a"(block)
                     : "cc", "memory");
    return result_make(ipm, 0);
}

struct zpci_result zpci_stcrw(uint32_t *crw)
{
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED("stcrw 0(%[crw])")
                     : [ipm] "+d"(ipm)
                     : [crw] "a"(crw)
                     : "cc", "memory");
    return result_make(ipm, 0);
}

struct zpci_result zpci_sclp(uint32_t command, uint8_t *sccb)
{
    uint32_t ipm = CC_INTERRUPTED;

    __asm__ volatile(GUARDED(".insn rre,0xb2200000,%[command],%[sccb]")
                     : [ipm] "+d"(ipm)
                     : [command] "d"(command), [sccb] "a"(sccb)
                     : "cc", "memory");
    return result_make(ipm, 0);
}
