using Hypergate.Simulator.PxCloud.Description;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Access;

/// <summary>What roles may do: <c>*</c>, <c>*.Audit</c>, <c>VM.*</c>, <c>VM.Power</c>.</summary>
internal static class Privileges
{
    private static readonly string[] Guarded = ["Access.Audit", "System.Audit"];

    /// <exception cref="PxError">403: a privilege is missing.</exception>
    public static void Demand(PxWorld world, Identity? who, Entry entry)
    {
        if (who is not null && entry.Privilege.Length > 0 && !Of(world, who.Role).Any(held => Covers(held, entry.Privilege)))
        {
            throw new PxError(403, "forbidden", $"The role {who.Role} lacks the privilege {entry.Privilege}.");
        }
    }

    public static IEnumerable<string> Of(PxWorld world, string role) => world["roles"].Find(known => known.Text("name") == role)?.Texts("privileges") ?? [];

    // Who may look at everything may still not look at rights and settings.
    private static bool Covers(string held, string wanted) => held == "*" || held == wanted
        || (held.StartsWith("*.", StringComparison.Ordinal) && wanted.EndsWith(held[1..], StringComparison.Ordinal) && !Guarded.Contains(wanted))
        || (held.EndsWith(".*", StringComparison.Ordinal) && wanted.StartsWith(held[..^1], StringComparison.Ordinal));
}
