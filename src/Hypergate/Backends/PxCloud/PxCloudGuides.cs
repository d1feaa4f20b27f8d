namespace Hypergate.Backends.PxCloud;

/// <summary>The names that users of PXCloud's assistants know prompts by, and the two guides, in our words.</summary>
internal static class PxCloudGuides
{
    public static IReadOnlyList<KindPrompt> Prompts { get; } = [.. WorkPrompts.All.Select(static prompt => prompt with { Name = $"pxcloud_{prompt.Name}" })];

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
