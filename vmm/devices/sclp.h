/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual SCLP: SERVICE CALL's commands on a copy of the control block. Belongs to: VMM.
 */
#ifndef VMM_DEVICES_SCLP_H
#define VMM_DEVICES_SCLP_H

#include <stdint.h>

#define SCLP_COMMAND_MASK UINT32_C(0xffff00ff) /* the rest is of the command's own use */

/* Runs a command on a block of `length` bytes, at least 8 and at most a page, which is also its
 * length field. The response is written into it, and is never longer. */
void sclp_run(uint32_t command, uint8_t *sccb, uint32_t length);

/* The same for the commands about events (sclp_event.c); the response code is returned. */
uint16_t sclp_write_event_mask(uint8_t *sccb, uint32_t length);
uint16_t sclp_write_event_data(uint8_t *sccb, uint32_t length);
uint16_t sclp_read_event_data(uint8_t *sccb, uint32_t length);

/* 1 if there is an event for the guest, which has asked to be told of its kind. */
uint32_t sclp_event_pending(void);

/* There may be input: a service signal if the guest wants to be told. */
void sclp_input(void);

/* The guest is reset. */
void sclp_reset(void);

#endif
