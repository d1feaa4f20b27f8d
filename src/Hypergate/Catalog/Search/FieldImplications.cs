namespace Hypergate.Catalog.Search;

/// <summary>
/// What several things together mean in the field beyond each of them: who attaches a disk makes a block device. A line for each: all
/// that must be asked for, and what that means; what stands behind a minus is then not meant.
/// </summary>
internal static class FieldImplications
{
    public static IReadOnlyList<Implication> All { get; } =
    [
        .. FieldText.Read("field-phrases").Lines("implications").Select(static line => line.Split(" = "))
            .Select(static sides => new Implication(
                [.. sides[0].Split(' ').Where(static word => word[0] != '!').Select(static word => "#" + word)],
                [.. sides[0].Split(' ').Where(static word => word[0] == '!').Select(static word => "#" + word[1..])],
                [.. sides[1].Split(' ').Where(static word => word[0] != '-').Select(static word => "#" + word)],
                [.. sides[1].Split(' ').Where(static word => word[0] == '-').Select(static word => "#" + word[1..])])),
    ];
}

/// <param name="When">Concepts that are all asked for.</param>
/// <param name="Unless">Concepts of which none is asked for.</param>
/// <param name="Then">What is asked for with them.</param>
/// <param name="Not">What is not asked for after all.</param>
internal sealed record Implication(IReadOnlyList<string> When, IReadOnlyList<string> Unless, IReadOnlyList<string> Then, IReadOnlyList<string> Not);
