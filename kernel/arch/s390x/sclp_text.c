/* SPDX-License-Identifier: BSD-2-Clause */
/* Text for the console: ASCII, or lines in EBCDIC. Belongs to: kernel. */
#include "kernel/arch/s390x/sclp_text.h"
#include "libs/zformats/ebcdic.h"
#include "libs/zformats/sclp.h"

#define LINE_BYTES 240u /* longer lines are broken */

static uint32_t by_line;
static uint8_t line[LINE_BYTES]; /* begun, not ended: what was written may stop within a line */
static uint32_t line_used;

void sclp_text_choose(uint32_t types)
{
    by_line = (types & sclp_type_bit(SCLP_TYPE_ASCII)) == 0 &&
              (types & sclp_type_bit(SCLP_TYPE_MESSAGE)) != 0;
}

/* Empty lines say nothing. A line that does not fit is lost: that takes hundreds in one call. */
static uint16_t end_line(uint8_t *sccb, uint32_t size)
{
    uint16_t length = line_used != 0 ? sclp_line_add(sccb, size, line, line_used) : 0;

    line_used = 0;
    return length;
}

static uint16_t write_lines(uint8_t *sccb, uint32_t size, const char *text, uint32_t length)
{
    uint16_t total = 0;
    uint16_t now;
    uint32_t i;

    (void)sclp_line_start(sccb, size);
    for (i = 0; i < length; i++) {
        if (text[i] != '\n' && text[i] != '\r') {
            line[line_used] = ebcdic_from_ascii((uint8_t)text[i]);
            line_used++;
        }
        if (text[i] == '\n' || line_used == LINE_BYTES) {
            now = end_line(sccb, size);
            total = now != 0 ? now : total;
        }
    }
    return total;
}

uint16_t sclp_text(uint8_t *sccb, uint32_t size, const char *text, uint32_t length)
{
    return by_line != 0 ? write_lines(sccb, size, text, length)
                        : sclp_ascii_write(sccb, size, text, length);
}
