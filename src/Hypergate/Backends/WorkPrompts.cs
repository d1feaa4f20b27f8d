namespace Hypergate.Backends;

/// <summary>How to go about the four usual pieces of work, on any platform.</summary>
internal static class WorkPrompts
{
    public static IReadOnlyList<KindPrompt> All { get; } =
    [
        new(
            "operator", "Reach a goal", "Reach a goal step by step, looking before changing.",
            """
            Goal: {goal}.
            Look first: find the objects by name and read their state before you plan. Say in a few lines what you will do and in which order. Change one thing at a time; a call that changes something is shown to the person, who agrees or not, so give exact ids and never work around a refusal. Use the data of answers, not your memory of them, and follow tasks to their end. Where a call fails, read what the error says to do before you try again, and never repeat a change whose result you do not know. At the end say what was changed and what was not.
            """)
        {
            Arguments = [new("goal", "What shall be reached.", IsRequired: true)],
        },
        new(
            "troubleshoot", "Find a cause", "From a symptom to its cause, changing nothing before the cause is known.",
            """
            Symptom: {symptom}.
            1. Scope: what is affected, and what of the same kind is not? 2. State: read machine, node, cluster and storage; look at node and cluster before you blame a machine. 3. Recent changes: tasks and alerts of the time. 4. Cause: name it, with the values that show it; where two are possible, say what would tell them apart. 5. Smallest fix: propose it, with what it risks. Change nothing before the cause is known and the person has agreed.
            """)
        {
            Arguments = [new("symptom", "What was noticed.", IsRequired: true)],
        },
        new(
            "batch", "Change many objects", "One change on many objects, stopping at the first surprise.",
            """
            Change: {operation}.
            1. List every object that it will touch, by name and id, and count them. 2. Say for each what could be lost, and leave out what does not belong. 3. Show the whole list and let the person agree to its extent before the first call; calls that cut power or delete are asked about one by one in any case. 4. Run them one after another, each to the end of its task. 5. On the first failure stop, say what has been done, and ask. 6. Give totals at the end: done, left out, failed.
            """)
        {
            Arguments = [new("operation", "What shall be done, and to which objects.", IsRequired: true)],
        },
        new(
            "monitor", "Check the health", "A round over clusters, nodes, machines, storage and tasks.",
            """
            Check {scope}, reading only: quorum and members of each cluster or pool; nodes that are offline, in maintenance, or short of memory; machines by state; storage above 85 %; addresses that two claim, where the platform manages addresses; tasks and backups that failed or hang; open alerts. End with one line for each area that says OK, WARNING or CRITICAL, the worst first, with the values that show it.
            """)
        {
            Arguments = [new("scope", "A backend, a cluster or an area.", IsRequired: false, "everything")],
        },
    ];
}
