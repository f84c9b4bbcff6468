/* SPDX-License-Identifier: BSD-2-Clause */
/* Results of the zPCI functions above the raw instructions.
 * Linked by kernel, init, VMM, native drivers and tests. */
#ifndef BULKHEAD_ZPCI_ERROR_H
#define BULKHEAD_ZPCI_ERROR_H

enum zpci_error {
    ZPCI_OK = 0,
    ZPCI_E_RANGE,     /* an argument of the caller is outside its range */
    ZPCI_E_BUSY,      /* still busy after the bounded number of attempts: try again later */
    ZPCI_E_GONE,      /* handle invalid, function not operational or permanently broken */
    ZPCI_E_STATE,     /* not legal in the function's present state */
    ZPCI_E_BLOCKED,   /* function in error, or its loads and stores are blocked */
    ZPCI_E_RESOURCES, /* the machine lacks resources */
    ZPCI_E_MALFORMED, /* the machine or device returned lengths or fields that contradict */
    ZPCI_E_REFUSED,   /* the machine refused for another reason */
};

#endif
