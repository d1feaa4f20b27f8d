using Hypergate.Governance.Limits;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Authorization;

/// <summary>What the callers of one role may do. Nothing is allowed that no rule of <see cref="Allow"/> fits; <see cref="Deny"/> wins.</summary>
public sealed record RoleSettings
{
    [Setting("What is allowed: a call that fits one of these, and none of deny.", Example = "[{ access: [read] }, { operations: [StartVm], where: { target.tags: { one_of: [web] } } }]")]
    public IReadOnlyList<RuleSettings> Allow { get; init; } = [];

    [Setting("What is refused whatever is allowed, also by another role of the caller.")]
    public IReadOnlyList<RuleSettings> Deny { get; init; } = [];

    [Setting("Calls that need consent beyond what policy.confirmation asks: the level stands in confirm of each rule, confirm where it is missing.")]
    public IReadOnlyList<RuleSettings> Confirm { get; init; } = [];

    [Setting("Backends, by name or with *, whose passwords, tokens and keys this role sees in answers. Everybody else sees [REDACTED].", DefaultText = "none", Example = "[pxcloud]")]
    public IReadOnlyList<string> Secrets { get; init; } = [];

    [Setting("The surfaces that this role is shown, in place of those of the gateway.", Values = ["domains", "operations", "search", "fleet", "query", "code"], DefaultText = "those of the gateway")]
    public IReadOnlyList<string>? Surfaces { get; init; }

    [Setting("The only tools that exist for this role, by name or with *.", DefaultText = "all", Example = "[list_*, execute_query]")]
    public IReadOnlyList<string>? Tools { get; init; }

    [Setting("Tools that do not exist for this role, by name or with *.", Example = "[execute_query]")]
    public IReadOnlyList<string> DenyTools { get; init; } = [];

    [Setting("The format of answers where a call does not ask for one, in place of output.format.", Values = ["Markdown", "JsonCompact", "JsonNormal", "Toon", "Csv"])]
    public string? Format { get; init; }

    [Setting("Characters of text in one answer, where fewer than output.budgetCharacters.", Minimum = 1000, Maximum = 1_000_000, DefaultText = "as output.budgetCharacters")]
    public int? BudgetCharacters { get; init; }

    [Setting("How many calls a minute each caller may make.", Minimum = 0, Maximum = 100_000, DefaultText = "as limits")]
    public int? CallsPerMinute { get; init; }

    [Setting("How many of them may change something.", Minimum = 0, Maximum = 100_000, DefaultText = "as limits")]
    public int? WritesPerMinute { get; init; }

    [Setting("How many calls of the class dangerous each caller may make an hour, on each backend.", Minimum = 0, Maximum = 100_000, DefaultText = "as limits")]
    public int? DangerousPerHour { get; init; }

    [Setting("Megabytes of answers of platforms that each caller may have a minute.", Minimum = 0, Maximum = 1_000_000, DefaultText = "as limits")]
    public int? MegabytesPerMinute { get; init; }

    [Setting("How many scripts a minute each caller may begin.", Minimum = 0, Maximum = 100_000, DefaultText = "as limits")]
    public int? CodeRunsPerMinute { get; init; }

    [Setting("How many scripts each caller may have under way at the same time.", Minimum = 0, Maximum = 1_000, DefaultText = "as limits")]
    public int? CodeRunsAtOnce { get; init; }

    [Setting("What one script of each caller may use, where less than scripting.limits. It holds for composites as well.")]
    public ScriptAllowance Script { get; init; } = new();
}

/// <summary>Which calls a rule is about: all parts that are given must fit.</summary>
public sealed record RuleSettings
{
    [Setting("Classes of operations: read, write, admin, dangerous, or * for all.", DefaultText = "all", Example = "[read, write]")]
    public AccessList? Access { get; init; }

    [Setting("Backends by name or with *.", DefaultText = "all", Example = "[xo-*]")]
    public IReadOnlyList<string>? Backends { get; init; }

    [Setting("Kinds of backends by name or with *.", DefaultText = "all", Example = "[proxmox-ve]")]
    public IReadOnlyList<string>? Kinds { get; init; }

    [Setting("Operations, written as in deny of a backend.", DefaultText = "all", Example = "[StartVm, \"vms.Migrate*\"]")]
    public IReadOnlyList<string>? Operations { get; init; }

    [Setting("Families of resources by name or with *, singular or plural.", DefaultText = "all", Example = "[vms, snapshot*]")]
    public IReadOnlyList<string>? Resources { get; init; }

    [Setting("Conditions that all must hold, by what they are about: target.name, .tags, .pool, .folder, .owner, .type, .id, .state, .node; args.NAME and args.body.NAME; "
        + "ref.NAME.pool and so on of the object that an argument names; caller.name, caller.roles; time.weekday, time.hour. What cannot be found out makes a rule of allow not fit and one of deny fit.",
        Example = "{ target.tags: { none_of: [protected] } }")]
    public IReadOnlyDictionary<string, ConditionSettings>? Where { get; init; }

    [Setting("Who must agree before such a call runs: nobody, the caller's own person, another person, or two others. Of all rules the strictest holds.", DefaultText = "as policy.confirmation says")]
    public ConsentRule? Confirm { get; init; }
}
