/* SPDX-License-Identifier: BSD-2-Clause */
/* The instructions of insn.h, executed by an installed fake (zPCI instruction layer, fake). Linked
 * instead of insn_s390x.c. */
#include "drivers/zpci/insn/fake.h"

static struct fake_zpci *installed;

void fake_zpci_install(struct fake_zpci *fake)
{
    installed = fake;
}

struct zpci_result zpci_clp(uint8_t *block)
{
    return fake_clp(installed, block);
}

struct zpci_result zpci_pcilg(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                              uint64_t *data)
{
    return fake_pcilg(installed, fh, space, offset, length, data);
}

struct zpci_result zpci_pcistg(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                               uint64_t data)
{
    return fake_pcistg(installed, fh, space, offset, length, data);
}

struct zpci_result zpci_pcistb(uint32_t fh, uint8_t space, uint64_t offset, uint16_t length,
                               const uint8_t *source)
{
    return fake_pcistb(installed, fh, space, offset, length, source);
}

struct zpci_result zpci_mpcifc(uint32_t fh, uint8_t operation, const uint8_t *fib)
{
    return fake_mpcifc(installed, fh, operation, fib);
}

struct zpci_result zpci_stpcifc(uint32_t fh, uint8_t *fib)
{
    return fake_stpcifc(installed, fh, fib);
}

struct zpci_result zpci_rpcit(uint32_t fh, uint64_t start, uint64_t length)
{
    return fake_rpcit(installed, fh, start, length);
}

void zpci_sic(uint16_t operation, uint8_t isc, const uint8_t *iib)
{
    (void)iib;
    fake_sic(installed, operation, isc);
}

struct zpci_result zpci_chsc(uint8_t *block)
{
    return fake_chsc(installed, block);
}

struct zpci_result zpci_stcrw(uint32_t *crw)
{
    return fake_stcrw(installed, crw);
}

struct zpci_result zpci_sclp(uint32_t command, uint8_t *sccb)
{
    return fake_sclp(installed, command, sccb);
}
