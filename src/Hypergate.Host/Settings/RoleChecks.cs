using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>What the schema cannot say of roles: names that mean nothing would silently allow or protect nothing.</summary>
internal static class RoleChecks
{
    private static readonly string[] Targets = ["target.id", "target.type", "target.name", "target.tags", "target.pool", "target.folder", "target.owner", "target.node", "target.state"];
    private static readonly string[] Fixed = ["caller.name", "caller.roles", "time.weekday", "time.hour"];

    public static IEnumerable<SettingsFault> Check(GatewaySettings settings)
    {
        foreach (var (name, role) in settings.Roles)
        {
            var path = ValuePath.Root.Property("roles").Property(name);
            if (name.Length is 0 or > 64 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                yield return new(path.ToString(), "must be named with letters, digits, - _ and .");
            }

            foreach (var fault in FitsSome(role.Secrets, path.Property("secrets"), settings))
            {
                yield return fault;
            }

            foreach (var (list, rules) in new[] { ("allow", role.Allow), ("deny", role.Deny), ("confirm", role.Confirm) })
            {
                foreach (var fault in rules.SelectMany((rule, index) => Check(rule, path.Property(list).Item(index), settings)))
                {
                    yield return fault;
                }
            }
        }

        foreach (var fault in CheckNamed(settings))
        {
            yield return fault;
        }
    }

    // Those that callers are given.
    private static IEnumerable<SettingsFault> CheckNamed(GatewaySettings settings)
    {
        string[] known = [.. new RoleBook(settings.Roles).Names];
        var (path, oauth) = (ValuePath.Root.Property("authentication"), settings.Authentication.Oauth);
        IEnumerable<(string Role, ValuePath Path)> named =
        [
            .. settings.Authentication.LocalRoles.Select((role, index) => (role, path.Property("localRoles").Item(index))),
            .. oauth?.Roles.Select(pair => (pair.Value, path.Property("oauth").Property("roles").Property(pair.Key))) ?? [],
            .. oauth?.DefaultRoles.Select((role, index) => (role, path.Property("oauth").Property("defaultRoles").Item(index))) ?? [],
        ];
        return named.Where(entry => !known.Contains(entry.Role, StringComparer.Ordinal))
            .Select(entry => new SettingsFault(entry.Path.ToString(), $"is no role; there are {string.Join(", ", known)}{Near(entry.Role, known)}") { Value = entry.Role });
    }

    /// <summary>What is wrong with one rule.</summary>
    public static IEnumerable<SettingsFault> Check(RuleSettings rule, ValuePath path, GatewaySettings settings)
    {
        for (var index = 0; index < (rule.Operations?.Count ?? 0); index++)
        {
            if (!OperationPattern.IsWellFormed(rule.Operations![index]))
            {
                yield return new(path.Property("operations").Item(index).ToString(), "must be an operation's name such as DeleteVm, domain.name, or a pattern with *") { Value = rule.Operations[index] };
            }
        }

        foreach (var fault in FitsSome(rule.Backends ?? [], path.Property("backends"), settings))
        {
            yield return fault;
        }

        foreach (var (about, condition) in rule.Where ?? new Dictionary<string, ConditionSettings>(StringComparer.Ordinal))
        {
            var below = path.Property("where").Property(about).ToString();
            if (Problem(about) is { } problem)
            {
                yield return new(below, problem);
            }
            else if (condition.SameAs is { } same && Problem(same) is { } other)
            {
                yield return new($"{below}.same_as", other);
            }
            else if (condition == new ConditionSettings())
            {
                yield return new(below, "asks for nothing; give it equals, one_of, none_of, matches or another condition");
            }
        }
    }

    private static IEnumerable<SettingsFault> FitsSome(IReadOnlyList<string> patterns, ValuePath path, GatewaySettings settings)
    {
        string[] backends = [.. settings.Backends.Select(static backend => backend.Name)];
        return patterns.Index().Where(entry => !backends.Any(name => Glob.Fits(entry.Item, name))).Select(entry =>
            new SettingsFault(path.Item(entry.Index).ToString(), $"fits no backend; there are {string.Join(", ", backends)}{Near(entry.Item, backends)}") { Value = entry.Item });
    }

    private static string? Problem(string path)
    {
        var isKnown = Targets.Contains(path, StringComparer.Ordinal) || Fixed.Contains(path, StringComparer.Ordinal)
            || (path.StartsWith("args.", StringComparison.Ordinal) && path.Length > "args.".Length)
            || (path.StartsWith("ref.", StringComparison.Ordinal) && path.Split('.').Length > 2 && Targets.Contains($"target.{path.Split('.')[^1]}", StringComparer.Ordinal));
        return isKnown ? null : $"is nothing that a condition can be about; it is {string.Join(", ", Targets)}, {string.Join(", ", Fixed)}, args.NAME, or ref.NAME.pool and the like{Near(path, [.. Targets, .. Fixed])}";
    }

    private static string Near(string wrong, IEnumerable<string> known) => NearestName.Find(wrong, known) is { } near ? $"; did you mean {near}?" : "";
}
