namespace Hypergate.Backends.PxCloud;

/// <summary>The four prompts that users of PXCloud's assistants know, and the two guides, in our words.</summary>
internal static class PxCloudGuides
{
    public static IReadOnlyList<KindPrompt> Prompts { get; } =
    [
        new(
            "pxcloud_operator", "Operate PXCloud", "Reach a goal step by step, looking before changing.",
            """
            Goal: {goal}.
            Look first: find the objects by name and read their state before you plan. Say in a few lines what you will do and in which order. Change one thing at a time; a call that changes something is shown to the person, who agrees or not, so give exact ids and never work around a refusal. Use the data of answers, not your memory of them, and follow tasks to their end. Where a call fails, read what the error says to do before you try again, and never repeat a change whose result you do not know. At the end say what was changed and what was not.
            """)
        {
            Arguments = [new("goal", "What shall be reached.", IsRequired: true)],
        },
        new(
            "pxcloud_troubleshoot", "Find a cause", "From a symptom to its cause, changing nothing before the cause is known.",
            """
            Symptom: {symptom}.
            1. Scope: what is affected, and what of the same kind is not? 2. State: read machine, node, cluster and storage; look at node and cluster before you blame a machine. 3. Recent changes: tasks and alerts of the time. 4. Cause: name it, with the values that show it; where two are possible, say what would tell them apart. 5. Smallest fix: propose it, with what it risks. Change nothing before the cause is known and the person has agreed.
            """)
        {
            Arguments = [new("symptom", "What was noticed.", IsRequired: true)],
        },
        new(
            "pxcloud_batch", "Change many objects", "One change on many objects, stopping at the first surprise.",
            """
            Change: {operation}.
            1. List every object that it will touch, by name and id, and count them. 2. Say for each what could be lost, and leave out what does not belong. 3. Show the whole list and let the person agree to its extent before the first call; calls that cut power or delete are asked about one by one in any case. 4. Run them one after another, each to the end of its task. 5. On the first failure stop, say what has been done, and ask. 6. Give totals at the end: done, left out, failed.
            """)
        {
            Arguments = [new("operation", "What shall be done, and to which objects.", IsRequired: true)],
        },
        new(
            "pxcloud_monitor", "Check the health", "A round over clusters, nodes, machines, storage, addresses and tasks.",
            """
            Check {scope}, reading only: quorum and members of each cluster; nodes that are offline, in maintenance, or short of memory; machines by state; storage above 85 %; conflicts among addresses; tasks that failed or hang; open alerts. End with one line for each area that says OK, WARNING or CRITICAL, the worst first, with the values that show it.
            """)
        {
            Arguments = [new("scope", "A cluster or an area.", IsRequired: false, "everything")],
        },
    ];

    public static IReadOnlyList<KindGuide> Guides { get; } =
    [
        new(
            "pxcloud://guides/capabilities", "What can be done", "What the tools of a PXCloud cover, and how they are called.",
            """
            # What can be done

            Each operation of the platform's own description is one tool; describe_operation shows its schema, check_connection who is signed in.

            - Machines: list and find them, power, configuration, disks, snapshots, backups, migration. Ids are `cluster:node:vmid` and change when a machine moves.
            - Nodes and clusters, of Proxmox VE and vSphere: state, load, disks, sensors, maintenance.
            - Addresses (IPAM): pools, subnets, assignment, conflicts.
            - Physical servers: hardware, sensors and power through their management controllers.
            - Tasks: a change that takes time is followed to its end; `wait: false` only starts it.
            - Console links: a link opens the console of one machine without an account, until it expires or is revoked.
            - Regions, datacenters, cabinets; users, groups, roles, grants; monitors and alerts.

            Not here: web sockets and streams (VNC, terminals, events), uploads, and what the operator of this gateway has left out.
            """),
        new(
            "pxcloud://guides/safety", "What is asked about", "Which calls need a person, and how consent works.",
            """
            # What is asked about

            Every call that changes something is shown to a person first: what it does, to which object by name and state, and what is lost. Clients that can ask do so by themselves; others get a preview with a confirm_token. Consent is for exactly that call: these arguments, once, within five minutes. The argument `confirmed` is accepted and means nothing.

            `pxcloud_confirm_change` asks ahead: it takes the tool and the arguments of the call and gives a confirm_token for it.

            Dangerous, and asked about most strictly: deleting, cutting or switching power, restart, reset, suspend, rollback, restore, migration, formatting, detaching disks, console links, changes of firewalls, anything forced, and changes of more than five objects at once.
            Rights, users, tokens, settings count as administration.
            Deleting is not offered unless the operator of this gateway has allowed it.

            A console link is a credential: hand it to the person who asked for it and to nobody else. Never weaken the check of certificates to make something work: pin the fingerprint instead.
            After a change that failed, read the object's state before you try again.
            """),
    ];
}
