/* SPDX-License-Identifier: BSD-2-Clause */
/* The zPCI instruction layer: one wrapper per instruction, each returning condition code and
 * status and nothing else. Linked by the kernel only (design: zPCI instruction layer); the software
 * fake (fake.h) has the same prototypes for host tests.
 *
 * All instructions are privileged. Retry, meaning and policy live above (drivers/zpci/clp.h,
 * function.h and the kernel). Sources: drivers/zpci/README.md.
 *
 * Every wrapper is a compiler barrier: earlier stores to tables and blocks are done before the
 * instruction is issued. Pointers are absolute addresses: translation (DAT) is off in the kernel,
 * and no block lies in the 8 KiB that are subject to prefixing. */
#ifndef BULKHEAD_ZPCI_INSN_H
#define BULKHEAD_ZPCI_INSN_H

#include <stdint.h>

/* cc: 0 done, 1 error (status is valid: ZPCI_ST_* in libs/zformats/fib.h), 2 busy, 3 handle invalid
 * or not operational. status is 0 unless cc is 1; cc 1 with status 0: the instruction was a program
 * interruption, which for a load or store the device may cause. */
struct zpci_result {
    uint8_t cc, status;
};

/* CLP, logical processor PCI. block: request with room for the response behind it, 8-byte aligned,
 * at most CLP_BLOCK_SIZE bytes (libs/zformats/clp.h); request and response lengths are multiples
 * of 8 and fit the block (otherwise: operand exception). cc 0: look at the response code. */
struct zpci_result zpci_clp(uint8_t *block);

/* PCILG: load length bytes at offset of an address space (0 to 5 BAR, ZPCI_AS_CONFIG).
 * BAR: length 1 to 8, not across a doubleword; *data holds the bytes as the bus has them,
 * right-adjusted, first byte most significant. Configuration space: length 1, 2, 4, not across a
 * word; likewise not swapped. *data is written only with cc 0. */
struct zpci_result zpci_pcilg(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                              uint64_t *data);

/* PCISTG: store the low length bytes of data; limits as for the load. */
struct zpci_result zpci_pcistg(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                               uint64_t data);

/* PCISTB: store a block into a BAR. length: above 8, a multiple of 8, at most the group's maximum;
 * offset and source on 8-byte boundaries; no 4 KiB boundary inside (otherwise: specification
 * exception). */
struct zpci_result zpci_pcistb(uint32_t fh, uint8_t space, uint64_t offset, uint16_t length,
                               const uint8_t *source);

/* MPCIFC: modify function controls; operation MPCIFC_* (libs/zformats/fib.h), DMA address space 0.
 * fib: FIB_SIZE bytes, 8-byte aligned. An unknown operation, a bad format, range or designation is
 * an operand exception: callers encode with drivers/zpci/ioat.h and irq.h. */
struct zpci_result zpci_mpcifc(uint32_t fh, uint8_t operation, const uint8_t *fib);

/* STPCIFC: store function controls into fib (FIB_SIZE bytes, 8-byte aligned). Written with cc 0. */
struct zpci_result zpci_stpcifc(uint32_t fh, uint8_t *fib);

/* RPCIT: refresh PCI translations of [start, start + length). Units: bytes. Synchronous: with cc 0
 * no translation of the range that the tables do not hold now will be used again. */
struct zpci_result zpci_rpcit(uint32_t fh, uint64_t start, uint64_t length);

/* SIC: set interruption controls of an interruption subclass (0 to 7). iib: the interruption
 * information block for operations that need one, otherwise 0 bytes are read from it. */
#define SIC_ALL 0u    /* every interruption is presented */
#define SIC_SINGLE 1u /* one is presented, then suppressed until the next SIC */
void zpci_sic(uint16_t operation, uint8_t isc, const uint8_t *iib);

/* CHSC with the request in block (SEI_SIZE bytes, SEI_ALIGN aligned; built by event.h). cc 0: look
 * at the response code. Other condition codes: the command was not executed. */
struct zpci_result zpci_chsc(uint8_t *block);

/* STCRW: store channel report word into *crw. cc 0: stored; cc 1: none pending, *crw is zero. */
struct zpci_result zpci_stcrw(uint32_t *crw);

/* SERVC: start an SCLP command. sccb below 2 GiB, 8-byte aligned, inside one page. cc 0: accepted,
 * the response is valid after the service signal (external interruption 0x2401); cc 2 busy;
 * cc 3 not operational. */
struct zpci_result zpci_sclp(uint32_t command, uint8_t *sccb);

#endif
