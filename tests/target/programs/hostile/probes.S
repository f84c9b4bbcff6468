/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `hostile`: instructions that must not work in a process. Belongs to: test.
 *
 * Source of the opcodes: z/Architecture Principles of Operation, appendix B; of the zPCI ones:
 * libs/zformats. Where the machine lacks a facility the refusal is an operation exception.
 */
#include "tests/target/programs/hostile/codes.h"

#define PRIVILEGED (CODE(0x02) | CODE(0x01))
/* Semi-privileged: control by authority or by the mode of the address space. */
#define SEMI (CODE(0x02) | CODE(0x01) | CODE(0x13))
/* What an access through an empty space ends with. */
#define UNMAPPED (CODE(0x10) | CODE(0x11) | CODE(0x38) | CODE(0x39) | CODE(0x3a) | CODE(0x3b))
/* Linkage stack: full, empty, specification, type, operation. */
#define STACK (CODE(0x30) | CODE(0x31) | CODE(0x32) | CODE(0x33) | CODE(0x34))
/* Program call and return: PC translation, AFX, ASX, LX, EX and their like. */
#define LINKAGE                                                                                    \
    (CODE(0x1f) | CODE(0x20) | CODE(0x21) | CODE(0x22) | CODE(0x23) | CODE(0x24) | CODE(0x25) |    \
     CODE(0x26) | CODE(0x27) | CODE(0x29) | CODE(0x2a) | CODE(0x2b) | CODE(0x2c) | CODE(0x2d))

        .machine "z14"

        .macro probe name, allowed, insn
        .section .rodata.names, "a", @progbits
801:    .asciz  "\name"
        .section .text.probes, "ax", @progbits
        .balign 4
802:    \insn
        br      %r14
        .section .rodata.probes, "a", @progbits
        .quad   801b, 802b, \allowed
        .endm

        .section .rodata.probes, "a", @progbits
        .balign 8
        .globl  hostile_instruction
hostile_instruction:

/* The PSW and the control registers */
        probe "LPSW", PRIVILEGED, "lpsw 0(%r1)"
        probe "LPSWE", PRIVILEGED, "lpswe 0(%r1)"
        probe "SSM", PRIVILEGED, "ssm 0(%r1)"
        probe "STNSM", PRIVILEGED, "stnsm 0(%r1), 0"
        probe "STOSM", PRIVILEGED, "stosm 0(%r1), 3"
        probe "LCTL", PRIVILEGED, "lctl %c0, %c15, 0(%r1)"
        probe "LCTLG 0", PRIVILEGED, "lctlg %c0, %c0, 0(%r1)"
        probe "LCTLG 1", PRIVILEGED, "lctlg %c1, %c1, 0(%r1)"
        probe "LCTLG 13", PRIVILEGED, "lctlg %c13, %c13, 0(%r1)"
        probe "STCTL", PRIVILEGED, "stctl %c0, %c15, 0(%r1)"
        probe "STCTG", PRIVILEGED, "stctg %c0, %c15, 0(%r1)"
        probe "SPKA 0", PRIVILEGED, "spka 0"
        probe "IPK", PRIVILEGED, "ipk"

/* Address spaces */
        probe "SACF 0", SEMI|UNMAPPED, "sacf 0"
        probe "SACF 256", SEMI|UNMAPPED, "sacf 256"
        probe "SACF 512", SEMI|UNMAPPED|CODE(6), "sacf 512"
        probe "SACF 1024", SEMI|CODE(6), "sacf 1024"
        probe "SAC 0", SEMI|UNMAPPED, "sac 0"
        probe "SAC 256", SEMI|UNMAPPED, "sac 256"
        probe "SAC 512", SEMI|UNMAPPED|CODE(6), "sac 512"
        probe "IAC", SEMI, "iac %r2"
        probe "MVCP", SEMI, "mvcp 0(%r4,%r1), 0(%r1), %r3"
        probe "MVCS", SEMI, "mvcs 0(%r4,%r1), 0(%r1), %r3"
        probe "MVCK", SEMI, "mvck 0(%r4,%r1), 0(%r1), %r3"
        probe "MVCSK", SEMI, "mvcsk 0(%r1), 0(%r1)"
        probe "MVCDK", SEMI, "mvcdk 0(%r1), 0(%r1)"
        probe "MVCOS 0", SEMI|UNMAPPED|CODE(5), "iilf %r0, 0x10001; mvcos 0(%r1), 0(%r1), %r1"
        probe "MVCOS 2", SEMI|UNMAPPED|CODE(5), "iilf %r0, 0x810081; mvcos 0(%r1), 0(%r1), %r1"
        probe "EPAR", SEMI, "epar %r2"
        probe "ESAR", SEMI, "esar %r2"
        probe "SSAR", SEMI|LINKAGE, "ssar %r3"
        probe "LASP", SEMI, "lasp 0(%r1), 0"
        probe "PC", SEMI|LINKAGE|UNMAPPED|STACK, "pc 0(%r1)"
        probe "PR", SEMI|LINKAGE|UNMAPPED|STACK, "pr"
        probe "PT", SEMI|LINKAGE|UNMAPPED|STACK, "pt %r1, %r3"
        probe "BAKR", SEMI|UNMAPPED|STACK, "bakr %r14, %r0"
        probe "EREG", SEMI|UNMAPPED|STACK, "ereg %r2, %r3"
        probe "EREGG", SEMI|UNMAPPED|STACK, "eregg %r2, %r3"
        probe "ESTA", SEMI|UNMAPPED|STACK, "esta %r2, %r3"
        probe "MSTA", SEMI|UNMAPPED|STACK, "msta %r2"
        probe "BSA", SEMI|UNMAPPED|CODE(6), "bsa %r2, %r1"
        probe "BSG", SEMI|UNMAPPED|CODE(6), "bsg %r2, %r1"
        probe "TRAP2", SEMI|UNMAPPED, "trap2"
        probe "TRAP4", SEMI|UNMAPPED, "trap4 0(%r1)"
        probe "PALB", PRIVILEGED, "palb"

/* Translation and storage keys */
        probe "LRA", PRIVILEGED, "lra %r2, 0(%r1)"
        probe "LRAG", PRIVILEGED, "lrag %r2, 0(%r1)"
        probe "LURA", PRIVILEGED, "lura %r2, %r3"
        probe "LURAG", PRIVILEGED, "lurag %r2, %r3"
        probe "STURA", PRIVILEGED, "stura %r2, %r3"
        probe "STURG", PRIVILEGED, "sturg %r2, %r3"
        probe "STRAG", PRIVILEGED, "strag 0(%r1), 0(%r1)"
        probe "IPTE", PRIVILEGED, "ipte %r2, %r3"
        probe "IDTE", PRIVILEGED, "idte %r2, %r3, %r4"
        probe "CRDTE", PRIVILEGED, "crdte %r2, %r3, %r4"
        probe "PTLB", PRIVILEGED, "ptlb"
        probe "CSP", PRIVILEGED, "csp %r2, %r1"
        probe "CSPG", PRIVILEGED, "cspg %r2, %r1"
        probe "SSKE", PRIVILEGED, "sske %r2, %r3"
        probe "ISKE", PRIVILEGED, "iske %r2, %r3"
        probe "IVSK", SEMI, "ivsk %r2, %r1"
        probe "RRBE", PRIVILEGED, "rrbe %r2, %r3"
        probe "PFMF", PRIVILEGED, "pfmf %r2, %r3"
        probe "TB", PRIVILEGED, "tb %r0, %r3"
        probe "PGIN", PRIVILEGED, "pgin %r2, %r3"
        probe "PGOUT", PRIVILEGED, "pgout %r2, %r3"

/* Clocks and processors */
        probe "SCK", PRIVILEGED, "sck 0(%r1)"
        probe "SCKC", PRIVILEGED, "sckc 0(%r1)"
        probe "STCKC", PRIVILEGED, "stckc 0(%r1)"
        probe "SPT", PRIVILEGED, "spt 0(%r1)"
        probe "STPT", PRIVILEGED, "stpt 0(%r1)"
        probe "SCKPF", PRIVILEGED, "sckpf"
        probe "PTFF set", PRIVILEGED, "lhi %r0, 0x42; ptff"
        probe "SIGP", PRIVILEGED, "sigp %r2, %r3, 5"
        probe "STAP", PRIVILEGED, "stap 0(%r1)"
        probe "STIDP", PRIVILEGED, "stidp 0(%r1)"
        probe "STPX", PRIVILEGED, "stpx 0(%r1)"
        probe "SPX", PRIVILEGED, "spx 0(%r1)"
        probe "STSI", PRIVILEGED, "stsi 0(%r1)"
        probe "STFL", PRIVILEGED, "stfl 0"
        probe "SIE", PRIVILEGED, "sie 0(%r1)"
        probe "DIAG 8", PRIVILEGED, "diag %r2, %r3, 8"
        probe "DIAG 308", PRIVILEGED, "diag %r2, %r3, 0x308"
        probe "DIAG 500", PRIVILEGED, "diag %r2, %r3, 0x500"
        probe "TRACE", PRIVILEGED, "trace %r2, %r3, 0(%r1)"
        probe "TRACG", PRIVILEGED, "tracg %r2, %r3, 0(%r1)"
        probe "LPP", PRIVILEGED, "lpp 0(%r1)"
        probe "LCCTL", PRIVILEGED, "lcctl 0(%r1)"
        probe "LSCTL", PRIVILEGED, "lsctl 0(%r1)"
        probe "PTF", PRIVILEGED, "ptf %r2"

/* Channel subsystem and service processor */
        probe "SERVC", PRIVILEGED, ".insn rre, 0xb2200000, %r2, %r3"
        probe "SSCH", PRIVILEGED, "ssch 0(%r1)"
        probe "STSCH", PRIVILEGED, "stsch 0(%r1)"
        probe "MSCH", PRIVILEGED, "msch 0(%r1)"
        probe "TSCH", PRIVILEGED, "tsch 0(%r1)"
        probe "TPI", PRIVILEGED, "tpi 0(%r1)"
        probe "CSCH", PRIVILEGED, "csch"
        probe "HSCH", PRIVILEGED, "hsch"
        probe "RSCH", PRIVILEGED, "rsch"
        probe "XSCH", PRIVILEGED, "xsch"
        probe "STCRW", PRIVILEGED, "stcrw 0(%r1)"
        probe "STCPS", PRIVILEGED, "stcps 0(%r1)"
        probe "SCHM", PRIVILEGED, "schm"
        probe "RCHP", PRIVILEGED, "rchp"
        probe "SAL", PRIVILEGED, "sal"
        probe "CHSC", PRIVILEGED, ".insn rre, 0xb25f0000, %r2, %r0"

/* zPCI, adapter interruptions, crypto adapters */
        probe "CLP", PRIVILEGED, ".insn rrf, 0xb9a00000, %r0, %r1, 0, 2"
        probe "PCISTG", PRIVILEGED, ".insn rre, 0xb9d00000, %r3, %r2"
        probe "PCILG", PRIVILEGED, ".insn rre, 0xb9d20000, %r3, %r2"
        probe "RPCIT", PRIVILEGED, ".insn rre, 0xb9d30000, %r3, %r2"
        probe "PCISTB", PRIVILEGED, ".insn rsy, 0xeb00000000d0, %r2, %r3, 0(%r1)"
        probe "MPCIFC", PRIVILEGED, ".insn rxy, 0xe300000000d0, %r2, 0(%r1)"
        probe "STPCIFC", PRIVILEGED, ".insn rxy, 0xe300000000d4, %r2, 0(%r1)"
        probe "SIC", PRIVILEGED, ".insn rsy, 0xeb00000000d1, %r2, %r3, 0(%r1)"
        probe "MIO store", PRIVILEGED, ".insn rre, 0xb9d40000, %r3, %r2"
        probe "MIO load", PRIVILEGED, ".insn rre, 0xb9d60000, %r3, %r2"
        probe "PQAP", PRIVILEGED, ".insn rre, 0xb2af0000, %r0, %r0"
        probe "NQAP", PRIVILEGED, ".insn rre, 0xb2ad0000, %r2, %r4"
        probe "DQAP", PRIVILEGED, ".insn rre, 0xb2ae0000, %r2, %r4"

/* Through EXECUTE: the operation must be judged by its target */
        probe "EXRL of LPSWE", PRIVILEGED, "exrl %r3, 803f; br %r14; 803: lpswe 0(%r1)"
        probe "EXRL of SSM", PRIVILEGED, "exrl %r3, 804f; br %r14; 804: ssm 0(%r1)"
        probe "EXRL of RPCIT", PRIVILEGED, "exrl %r3, 805f; br %r14; 805: .long 0xb9d30032"

/* No instruction at all */
        probe "operation 0", CODE(0x01), ".word 0"
        probe "breakpoint", CODE(0x01), ".long 0x00010000"

        .section .rodata.probes, "a", @progbits
        .globl  hostile_instruction_end
hostile_instruction_end:

        .machine "z10"

        .macro  accessor name, insn
        .section .text.probes, "ax", @progbits
        .balign 4
        .globl  \name
\name:  \insn
        br      %r14
        .endm

        accessor hostile_load, "lg %r0, 0(%r2)"
        accessor hostile_store, "stg %r2, 0(%r2)"
        accessor hostile_fetch, "br %r2"

/* uint64_t hostile_execute(const void *code, uint64_t operand, void *page) */
        .section .text.hostile_execute, "ax", @progbits
        .balign 8
        .globl  hostile_execute
        .type   hostile_execute, @function
hostile_execute:
        stmg    %r6, %r15, 48(%r15)
        lgr     %r5, %r2
        lgr     %r2, %r3
        lgr     %r1, %r4
        srlg    %r4, %r4, 12
        lghi    %r3, 0
        lghi    %r0, 0
        basr    %r14, %r5
        .globl  hostile_ran
hostile_ran:
        lghi    %r2, 1
        lmg     %r6, %r15, 48(%r15)
        br      %r14
        .globl  hostile_faulted
hostile_faulted:
        lghi    %r2, 0
        lmg     %r6, %r15, 48(%r15)
        br      %r14
        .size   hostile_execute, . - hostile_execute

        .section .note.GNU-stack, "", @progbits
