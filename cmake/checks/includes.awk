# SPDX-License-Identifier: BSD-2-Clause
# Check: who may include whom. The first rule whose folder contains the including file applies.
# A rule lists the folders that its files may include, `*` for any, and whether they may use only
# the headers of a compiler without a library (and string.h, whose four functions it needs anyway).

function rule(folder, allowed, freestanding)
{
    folders[++rules] = folder
    allow[rules] = allowed
    bare[rules] = freestanding
}

BEGIN {
    rule("libs/abi/", "libs/abi/", 1)
    rule("libs/zformats/", "libs/zformats/", 1)
    rule("libs/sysdesc/init/", "libs/ drivers/", 0)
    rule("libs/sysdesc/tool/", "libs/ vmm/loader/", 0)
    rule("libs/", "libs/", 0)
    rule("kernel/", "kernel/ libs/abi/ libs/zformats/ drivers/zpci/", 1)
    rule("drivers/zpci/insn/", "drivers/zpci/ libs/abi/ libs/zformats/", 1)
    rule("drivers/", "drivers/ libs/", 0)
    rule("vmm/", "vmm/ drivers/ libs/", 0)
    rule("init/", "init/ drivers/ libs/", 0)
    rule("", "*", 0)
    split("stdarg stdbool stddef stdint stdalign stdnoreturn limits string", list, " ")
    for (i in list)
        freestanding_header["<" list[i] ".h>"] = 1
}

function error(text)
{
    print FILENAME ":" FNR ": " text
    bad = 1
}

function starts(text, prefix)
{
    return index(text, prefix) == 1
}

function permitted(r, target,    n, i, list)
{
    # The kernel links pure encoders of drivers/zpci; the translator is a process.
    if (starts(target, "drivers/zpci/translator/") && folders[r] == "kernel/")
        return 0
    n = split(allow[r], list, " ")
    for (i = 1; i <= n; i++)
        if (list[i] == "*" || starts(target, list[i]))
            return 1
    return 0
}

FNR == 1 {
    sub(/^\.\//, "", FILENAME)
    for (current = 1; !starts(FILENAME, folders[current]); current++)
        ;
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    target = $0
    sub(/^[^"]*"/, "", target)
    sub(/".*/, "", target)
    if (target !~ /\//)
        error("include \"" target "\" is not written from the root of the repository")
    else if (!permitted(current, target))
        error(folders[current] " must not include " target)
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    target = $0
    sub(/^[^<]*/, "", target)
    sub(/>.*/, ">", target)
    if (bare[current] && !(target in freestanding_header))
        error(folders[current] " must not include " target ": only freestanding headers")
}

END { exit bad }
