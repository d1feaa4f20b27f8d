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
            if ((gate.Before?.Notify ?? gate.After?.Notify) is not null && settings.Approvals.Webhook is null)
            {
                yield return new(path.Property(gate.Before?.Notify is null ? "after" : "before").Property("notify").ToString(), "needs approvals.webhook, which says where to");
            }

            foreach (var fault in Check(gate, path).Concat(RoleChecks.Check(gate.When, path.Property("when"), settings)))
            {
                yield return fault;
            }
        }

        if (settings.Gates.FirstOrDefault(static gate => gate is { Enabled: true, Script: not null }) is { } first && ProgramPath.Find(settings.Scripting.Node ?? "node") is null)
        {
            yield return new("gates", $"has the script of '{first.Name}', which {NodeProbe.Needed}: there is no program '{settings.Scripting.Node ?? "node"}'");
        }
    }

    private static IEnumerable<SettingsFault> CheckEffects(GateSettings gate, ValuePath path)
    {
        if ((gate.Script is null) == (gate.Before is null && gate.After is null))
        {
            yield return new(path.ToString(), gate.Script is null ? "does nothing: it needs before, after, or a script" : "has a script, which says what it does; before and after have no place beside it");
        }

        if (gate is { Script: null, Phases: not null })
        {
            yield return new(path.Property("phases").ToString(), "is for scripts; before and after say by themselves when they run");
        }

        foreach (var named in gate.Before is { } before ? Paths(before).Where(static named => !ArgumentEffects.IsPath(named.Path)) : [])
        {
            yield return new(path.Property("before").Property(named.List).ToString(), $"names '{named.Path}'; arguments are written args.NAME or args.body.NAME");
        }

        foreach (var (name, _) in gate.Before?.Clamp.Where(static clamp => clamp.Value is { Min: null, Max: null } || clamp.Value.Min > clamp.Value.Max) ?? [])
        {
            yield return new(path.Property("before").Property("clamp").Property(name).ToString(), "needs a min or a max, and the min not above the max");
        }
    }

    private static IEnumerable<(string List, string Path)> Paths(GateBeforeSettings before) =>
    [
        .. before.Remove.Select(static name => ("remove", name)), .. before.Set.Keys.Select(static name => ("set", name)), .. before.Default.Keys.Select(static name => ("default", name)),
        .. before.Clamp.Keys.Select(static name => ("clamp", name)), .. before.Require.Keys.Select(static name => ("require", name)),
    ];

    private static IEnumerable<SettingsFault> Check(GateSettings gate, ValuePath path)
    {
        if (gate is { Enabled: true, Script: { } script } && FileProblem.OfOpening(script) is { } problem)
        {
            yield return new(path.Property("script").ToString(), $"needs the file {script}, which {problem}");
        }

        foreach (var fault in CheckEffects(gate, path))
        {
            yield return fault;
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
