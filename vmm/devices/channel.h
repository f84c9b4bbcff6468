/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's channel subsystem: no subchannels, only reports that events wait. Belongs to: VMM.
 */
#ifndef VMM_DEVICES_CHANNEL_H
#define VMM_DEVICES_CHANNEL_H

/* An event for STORE EVENT INFORMATION waits: queue a channel report word, unless the guest has not
 * fetched the last one yet, and make the machine check pending. */
void channel_report(void);

/* The guest is reset: no report is queued. */
void channel_reset(void);

#endif
