namespace Hypergate.Catalog.Search;

/// <summary>
/// What several things together mean in the field beyond each of them: who attaches a disk makes a block device. A line for each: all
/// that must be asked for, and what that means; what stands behind a minus is then not meant.
/// </summary>
internal static class FieldImplications
{
    private const string Lines = """
        plug disk = block create
        update memory = config vm
        update cpu = config vm
        create memory = update config vm
        create cpu = update config vm
        space = storage -space
        grant permission = create
        read host failed = log
        status physicaldisk = smart
        status disk = smart
        run backup = schedule vzdump
        start backup = run schedule vzdump
        archive = content
        tag vm = config
        rename vm = config update
        memory host = statistics status
        cpu host = statistics status
        user create group = join
        user delete group = revoke
        evacuate host = bulk migrate
        failed job = task log
        failed backup = log
        failed replication = log status
        failed = task alarm log
        storage host plug = pbd
        grant role = permission
        revoke role = permission
        member group = user
        amount disk = resize
        amount memory = update config
        amount cpu = update config
        status everything = dashboard
        create vm template = clone
        most = dashboard resource
        archive revert = create
        backup revert = create archive
        read job = task
        user permission = grant
        migrate host = bulk
        """;

    public static IReadOnlyList<Implication> All { get; } =
    [
        .. Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static line => line.Split(" = "))
            .Select(static sides => new Implication(
                [.. sides[0].Split(' ').Select(static word => "#" + word)],
                [.. sides[1].Split(' ').Where(static word => word[0] != '-').Select(static word => "#" + word)],
                [.. sides[1].Split(' ').Where(static word => word[0] == '-').Select(static word => "#" + word[1..])])),
    ];
}

/// <param name="When">Concepts that are all asked for.</param>
/// <param name="Then">What is asked for with them.</param>
/// <param name="Not">What is not asked for after all.</param>
internal sealed record Implication(IReadOnlyList<string> When, IReadOnlyList<string> Then, IReadOnlyList<string> Not);
