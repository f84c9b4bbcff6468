/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: one line for each row. Belongs to: test. */
#include "tests/guests/contract/contract.h"

void row(const char *name)
{
    print("contract: ");
    print(name);
}

void row_text(const char *text)
{
    print(" ");
    print(text);
}

void row_number(const char *name, uint64_t value, uint32_t digits)
{
    print(" ");
    print(name);
    print_digits(value, digits);
}

void row_outcome(struct outcome o)
{
    if (o.program != 0) {
        row_number("pgm", o.program, o.program > 0xffu ? 8 : 2);
        return;
    }
    row_number("cc", o.cc, 1);
    if (o.cc == 1)
        row_number("st", o.status, 2);
    if (!o.kept)
        row_text("register-changed");
}

void row_state(int wait)
{
    struct pci_event event;
    uint32_t code = function_event(wait, &event);

    row_number("fc", function_controls(), 2);
    if (code == NO_EVENT)
        return;
    row_number("ev", code, 2);
    row_number("at", event.address, 9);
    if (event.fh != fn.handle || event.fid != fn.fid)
        row_text("of-another");
}

void row_writes(uint64_t offset, uint32_t i)
{
    row_text(disk_writes(offset, frame[i % FRAMES]) ? "written" : "not-written");
}

void row_reads(uint64_t offset, uint32_t i)
{
    row_text(disk_reads(offset, frame[i % FRAMES]) ? "read" : "not-read");
}

void row_end(void)
{
    print("\n");
}

void row_all(const char *name, struct outcome o)
{
    row(name);
    row_outcome(o);
    row_state(o.program == 0 && o.cc == 1 && o.status == ZPCI_ST_IN_ERROR);
    row_end();
}
