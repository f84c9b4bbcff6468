/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI configuration space: header offsets, command bits, capability identities and layouts.
 * Linked by kernel (configuration filter), zPCI layer, VMM, native drivers and tests.
 *
 * Source: PCI Local Bus Specification 3.0 and PCI Express Base Specification; virtio capability:
 * OASIS VIRTIO 1.1, section 4.1.4. Little-endian. Offsets and lengths in bytes. */
#ifndef BULKHEAD_ZFORMATS_PCICONF_H
#define BULKHEAD_ZFORMATS_PCICONF_H

#define PCICONF_SIZE 0x1000u     /* with the extended space */
#define PCICONF_EXTENDED 0x100u  /* first byte of the extended space */
#define PCICONF_HEADER_END 0x40u /* first byte after the type 0 header */

#define PCICONF_VENDOR 0x00u
#define PCICONF_DEVICE 0x02u
#define PCICONF_COMMAND 0x04u
#define PCICONF_STATUS 0x06u
#define PCICONF_REVISION 0x08u
#define PCICONF_CLASS 0x09u
#define PCICONF_CACHE_LINE 0x0cu
#define PCICONF_LATENCY 0x0du
#define PCICONF_HEADER_TYPE 0x0eu
#define PCICONF_BIST 0x0fu
#define PCICONF_BAR 0x10u /* six of 4 bytes */
#define PCICONF_BAR_END 0x28u
#define PCICONF_SUBSYSTEM_VENDOR 0x2cu
#define PCICONF_SUBSYSTEM 0x2eu
#define PCICONF_ROM 0x30u
#define PCICONF_CAPABILITIES 0x34u
#define PCICONF_INT_LINE 0x3cu
#define PCICONF_INT_PIN 0x3du

#define PCI_COMMAND_IO 0x0001u
#define PCI_COMMAND_MEMORY 0x0002u
#define PCI_COMMAND_MASTER 0x0004u
#define PCI_COMMAND_INTX_DISABLE 0x0400u
#define PCI_STATUS_CAPABILITIES 0x0010u
#define PCI_HEADER_TYPE_MASK 0x7fu

/* BAR bits */
#define PCI_BAR_IO 0x1u
#define PCI_BAR_TYPE_MASK 0x6u
#define PCI_BAR_TYPE_64 0x4u

/* Capabilities: +0 identity, +1 next */
#define PCI_CAP_POWER 0x01u
#define PCI_CAP_VPD 0x03u
#define PCI_CAP_MSI 0x05u
#define PCI_CAP_VENDOR 0x09u
#define PCI_CAP_EXPRESS 0x10u
#define PCI_CAP_MSIX 0x11u
#define PCI_CAP_AF 0x13u

/* Extended capabilities: u32 at +0 = identity 16, version 4, next 12 */
#define PCI_EXT_AER 0x0001u
#define PCI_EXT_VENDOR 0x000bu
#define PCI_EXT_ATS 0x000fu
#define PCI_EXT_SRIOV 0x0010u
#define PCI_EXT_PRI 0x0013u
#define PCI_EXT_REBAR 0x0015u
#define PCI_EXT_PASID 0x001bu
#define PCI_EXT_DVSEC 0x0023u
#define PCI_EXT_VF_REBAR 0x0024u

/* Power management capability */
#define PCI_PM_CONTROL 4u

/* PCI Express capability */
#define PCI_EXP_CAPABILITIES 4u
#define PCI_EXP_DEVCTL 8u
#define PCI_EXP_DEVSTA 10u

/* Bits of PCI Express device control */
#define PCI_EXP_DEVCTL_ERRORS 0x000fu  /* four error reporting enables */
#define PCI_EXP_DEVCTL_RELAXED 0x0010u /* relaxed ordering */
#define PCI_EXP_DEVCTL_PAYLOAD 0x00e0u /* maximum payload size */
#define PCI_EXP_DEVCTL_NO_SNOOP 0x0800u
#define PCI_EXP_DEVCTL_READ_REQ 0x7000u /* maximum read request size */
#define PCI_EXP_DEVCTL_FLR 0x8000u      /* initiate function level reset */

/* MSI-X capability */
#define PCI_MSIX_CONTROL 2u
#define PCI_MSIX_TABLE 4u
#define PCI_MSIX_PBA 8u
#define PCI_MSIX_LENGTH 12u
#define PCI_MSIX_SIZE_MASK 0x07ffu /* table size minus one */
#define PCI_MSIX_FUNCTION_MASK 0x4000u
#define PCI_MSIX_ENABLE 0x8000u
#define PCI_MSIX_BIR_MASK 0x7u
#define PCI_MSIX_ENTRY_SIZE 16u
#define PCI_MSIX_ENTRY_ADDRESS 0u
#define PCI_MSIX_ENTRY_ADDRESS_HIGH 4u
#define PCI_MSIX_ENTRY_DATA 8u
#define PCI_MSIX_ENTRY_CONTROL 12u
#define PCI_MSIX_ENTRY_MASKED 1u

/* virtio vendor-specific capability */
#define PCI_VIRTIO_LENGTH 2u
#define PCI_VIRTIO_TYPE 3u
#define PCI_VIRTIO_BAR 4u
#define PCI_VIRTIO_OFFSET 8u
#define PCI_VIRTIO_SIZE 12u
#define PCI_VIRTIO_NOTIFY_MULTIPLIER 16u

#endif
