using Hypergate.Governance.Gates;
using Hypergate.Schemas;
using Hypergate.Scripting;

namespace Hypergate.Host.Settings;

/// <summary>What the schema cannot say of gates. A gate that cannot run would refuse every call that it is for; that is told at start.</summary>
internal static class GateChecks
{
    public static IEnumerable<SettingsFault> Check(GatewaySettings settings)
    {
        for (var index = 0; index < settings.Gates.Count; index++)
        {
            var (gate, path) = (settings.Gates[index], ValuePath.Root.Property("gates").Item(index));
            foreach (var fault in Check(gate, path).Concat(RoleChecks.Check(gate.When, path.Property("when"), settings)))
            {
                yield return fault;
            }
        }

        if (settings.Gates.FirstOrDefault(static gate => gate.Enabled) is { } first && ProgramPath.Find(settings.Scripting.Node ?? "node") is null)
        {
            yield return new("gates", $"has the script of '{first.Name}', which {NodeProbe.Needed}: there is no program '{settings.Scripting.Node ?? "node"}'");
        }
    }

    private static IEnumerable<SettingsFault> Check(GateSettings gate, ValuePath path)
    {
        if (gate.Enabled && FileProblem.OfOpening(gate.Script) is { } problem)
        {
            yield return new(path.Property("script").ToString(), $"needs the file {gate.Script}, which {problem}");
        }

        if (gate.When.Confirm is not null)
        {
            yield return new(path.Property("when").Property("confirm").ToString(), "has no meaning for a gate; ask for consent in a role");
        }

        foreach (var about in (gate.When.Where ?? new Dictionary<string, Governance.Authorization.ConditionSettings>(StringComparer.Ordinal)).Keys.Where(static about => about.Split('.')[0] is "target" or "ref"))
        {
            yield return new(path.Property("when").Property("where").Property(about).ToString(), "is about an object, which a gate does not look up; it may be about args, caller and time");
        }
    }
}
