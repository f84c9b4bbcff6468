/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about endpoints and the portals that lead to them. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

#define DEADLINE_LIMIT 10000000u /* microseconds, of the kernel's portal method */

static bool is_server(const struct sysdesc_endpoint *endpoint, uint16_t process, uint16_t servers)
{
    for (uint16_t s = 0; s < servers; s++)
        if (endpoint->server[s] == process)
            return true;
    return false;
}

static void check_servers(const struct sysdesc *sys, uint16_t e, struct sysdesc_report *report)
{
    const struct sysdesc_endpoint *endpoint = &sys->endpoint[e];

    for (uint16_t s = 0; s < endpoint->servers; s++) {
        uint16_t process = endpoint->server[s];

        if (is_server(endpoint, process, s))
            sysdesc_found(report, SYSDESC_RULE_ENDPOINT_SERVERS, endpoint->node, "servers",
                          "process \"%s\" is declared a server twice", sys->process[process].name);
        else if (!rules_has_right(sys, process, BH_ENDPOINT, e, BH_R_ENDPOINT_RECV))
            sysdesc_found(report, SYSDESC_RULE_ENDPOINT_SERVERS, endpoint->node, "servers",
                          "process \"%s\" is declared a server but has no capability to \"recv\"",
                          sys->process[process].name);
    }
}

static void check_server_cap(const struct sysdesc *sys, const struct sysdesc_cap *cap,
                             struct sysdesc_report *report)
{
    const struct sysdesc_endpoint *endpoint;

    if (cap->object.type != BH_ENDPOINT || (cap->rights & BH_R_ENDPOINT_RECV) == 0)
        return;
    endpoint = &sys->endpoint[cap->object.index];
    if (!is_server(endpoint, cap->process, endpoint->servers))
        sysdesc_found(report, SYSDESC_RULE_ENDPOINT_SERVERS, cap->node, "rights",
                      "process \"%s\" is no declared server of endpoint \"%s\"",
                      sys->process[cap->process].name, endpoint->name);
}

/* A thread that waits for the answer to its own event cannot give it. */
static bool has_other_server(const struct sysdesc *sys, const struct sysdesc_portal *portal)
{
    const struct sysdesc_endpoint *endpoint = &sys->endpoint[portal->endpoint];

    for (uint16_t s = 0; s < endpoint->servers; s++)
        if (portal->guest || endpoint->server[s] != portal->of)
            return true;
    return false;
}

static void check_portal(const struct sysdesc *sys, const struct sysdesc_portal *portal,
                         struct sysdesc_report *report)
{
    const struct sysdesc_endpoint *endpoint = &sys->endpoint[portal->endpoint];
    uint16_t partition =
        portal->guest ? sys->guest[portal->of].partition : sys->process[portal->of].partition;

    if (endpoint->partition != partition)
        sysdesc_found(report, SYSDESC_RULE_PORTAL_PARTITION, portal->node, "endpoint",
                      "endpoint \"%s\" belongs to partition \"%s\"", endpoint->name,
                      sys->partition[endpoint->partition].name);
    if (!has_other_server(sys, portal))
        sysdesc_found(report, SYSDESC_RULE_PORTAL_SERVER, portal->node, "endpoint",
                      "endpoint \"%s\" is served by process \"%s\" alone, whose portal this is",
                      endpoint->name, sys->process[portal->of].name);
    if (portal->deadline == 0 || portal->deadline > DEADLINE_LIMIT)
        sysdesc_found(report, SYSDESC_RULE_PORTAL_DEADLINE, portal->node, "deadline",
                      "a deadline of %lu us is not 1 us to 10 s", portal->deadline);
}

void rules_endpoint(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (uint16_t e = 0; e < sys->endpoints; e++)
        check_servers(sys, e, report);
    for (uint16_t c = 0; c < sys->caps; c++)
        check_server_cap(sys, &sys->cap[c], report);
    for (uint16_t p = 0; p < sys->portals; p++)
        check_portal(sys, &sys->portal[p], report);
}
