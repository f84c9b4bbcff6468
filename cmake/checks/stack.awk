# SPDX-License-Identifier: BSD-2-Clause
# Host tool: worst-case stack depth over a call graph.
# usage: awk -v limit=BYTES -f stack.awk NOTES CI...
#
# CI: what GCC writes with -fcallgraph-info=su. NOTES tells what it cannot know, one a line:
#
#   frame FUNCTION BYTES      stack of an assembler function
#   call CALLER CALLEE...     calls of an assembler function, or targets of CALLER's pointers
#
# An error: recursion, a frame of dynamic size, a call through a pointer without a note, a called
# function of unknown frame, a note about a function that is not there, a depth above limit.

function quoted(text, key,    rest)
{
    rest = substr(text, index(text, key ": \"") + length(key) + 3)
    return substr(rest, 1, index(rest, "\"") - 1)
}

function error(text)
{
    print "stack: " text > "/dev/stderr"
    bad = 1
}

function plain(id)
{
    sub(/.*:/, "", id)
    return id
}

function add_call(from, to)
{
    if (!((from, to) in called)) {
        called[from, to] = 1
        callee[from, ++callees[from]] = to
    }
}

# Notes name functions without the file that the compiler puts before a static one.
FILENAME == ARGV[1] {
    sub(/#.*/, "")
    if ($1 == "frame") {
        frame[$2] = $3
        known[$2] = 1
    } else if ($1 == "call") {
        noted[$2] = 1
        for (i = 3; i <= NF; i++)
            note_call[$2] = note_call[$2] " " $i
    } else if (NF) {
        error("unknown note: " $0)
    }
    next
}

/^node:/ {
    id = quoted($0, "title")
    label = quoted($0, "label")
    if (label !~ / bytes \(/)
        next
    if (label !~ /bytes \(static\)/)
        error(plain(id) ": frame of dynamic size")
    bytes = label
    sub(/ bytes \(.*/, "", bytes)
    sub(/.*\\n/, "", bytes)
    if (!(id in known) || bytes + 0 > frame[id])
        frame[id] = bytes + 0
    known[id] = 1
    by_name[plain(id)] = by_name[plain(id)] " " id
}

/^edge:/ {
    from = quoted($0, "sourcename")
    to = quoted($0, "targetname")
    if (to != "__indirect_call")
        add_call(from, to)
    else if (!(plain(from) in noted) && !complained[from]++)
        error(plain(from) ": call through a pointer without a note of its targets")
}

# Every function of the graph that a note's name means.
function ids_of(name)
{
    if (by_name[name] == "" && !(name in known))
        error("note about " name ", which the kernel does not have")
    return by_name[name] == "" ? name : by_name[name]
}

function apply_notes(    from, i, j, n, m, sources, targets, names, k, count)
{
    for (from in note_call) {
        n = split(ids_of(from), sources, " ")
        count = split(note_call[from], names, " ")
        for (k = 1; k <= count; k++) {
            m = split(ids_of(names[k]), targets, " ")
            for (i = 1; i <= n; i++)
                for (j = 1; j <= m; j++)
                    add_call(sources[i], targets[j])
        }
    }
}

# Depth of the stack when id is called; deepest[id] is the callee on the worst path.
function depth(id,    i, d, worst)
{
    if (id in done)
        return done[id]
    if (open[id]) {
        error("recursion through " plain(id))
        return 0
    }
    if (!(id in known) && !missing[id]++)
        error(plain(id) ": called, but its frame is not known (assembler? add a note)")
    open[id] = 1
    for (i = 1; i <= callees[id]; i++) {
        d = depth(callee[id, i])
        if (d > worst) {
            worst = d
            deepest[id] = callee[id, i]
        }
    }
    open[id] = 0
    done[id] = frame[id] + worst
    return done[id]
}

END {
    apply_notes()
    for (id in known)
        if (depth(id) > done[top] || top == "")
            top = id
    printf "deepest stack: %d of %d bytes\n", done[top], limit
    for (id = top; id != ""; id = deepest[id])
        printf "%6d  %s\n", frame[id], plain(id)
    if (done[top] > limit)
        error("deepest stack is " done[top] " bytes, the limit is " limit)
    exit bad
}
