using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Gates;

/// <summary>What a gate does before a call is sent. Arguments are named <c>args.NAME</c>, or <c>args.body.NAME</c>.</summary>
public sealed record GateBeforeSettings
{
    [Setting("Refuses the call, with this reason.", Example = "Reboots wait until 19:00")]
    public string? Deny { get; init; }

    [Setting("Arguments that must be there, else the call is refused.", Example = "{ args.body.description: { min_length: 10 } }")]
    public IReadOnlyDictionary<string, GateRequirement> Require { get; init; } = new Dictionary<string, GateRequirement>(StringComparer.Ordinal);

    [Setting("How often such calls may be made; more are refused. Counted by each process.")]
    public GateLimit? Limit { get; init; }

    [Setting("Arguments that are taken out.", Example = "[args.force]")]
    public IReadOnlyList<string> Remove { get; init; } = [];

    [Setting("Values for arguments that the caller left out.", Example = "{ args.limit: 100 }")]
    public IReadOnlyDictionary<string, JsonElement> Default { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    [Setting("Values for arguments, whatever the caller gave.", Example = "{ args.body.tags: [by-assistant] }")]
    public IReadOnlyDictionary<string, JsonElement> Set { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    [Setting("Bounds that numbers are brought to.", Example = "{ args.body.memory: { max: 34359738368 } }")]
    public IReadOnlyDictionary<string, GateRange> Clamp { get; init; } = new Dictionary<string, GateRange>(StringComparer.Ordinal);

    [Setting("Who must agree to the call, where nobody stricter must.", DefaultText = "as roles and policy.confirmation say")]
    public ConsentRule? Confirm { get; init; }

    [Setting("Who is told of each such call once it is over, also where it was refused. webhook: the one of approvals.", Values = ["webhook"], DefaultText = "nobody")]
    public string? Notify { get; init; }
}

/// <summary>What an argument must be.</summary>
public sealed record GateRequirement
{
    [JsonPropertyName("min_length")]
    [Setting("The fewest characters of a text, or items of a list.", Minimum = 0, Maximum = 1e6)]
    public int MinLength { get; init; } = 1;

    [Setting("What the caller is told where it is not so.", DefaultText = "that the argument is needed")]
    public string? Reason { get; init; }
}

/// <summary>Bounds of a number.</summary>
public sealed record GateRange
{
    [Setting("The least.", Minimum = -1e18, Maximum = 1e18)]
    public double? Min { get; init; }

    [Setting("The most.", Minimum = -1e18, Maximum = 1e18)]
    public double? Max { get; init; }
}

/// <summary>How often calls may be made.</summary>
public sealed record GateLimit
{
    [Setting("Whose calls are counted together: each caller's, or all.", Values = ["caller", "all"])]
    public string Per { get; init; } = "caller";

    [Setting("How many.", Minimum = 0, Maximum = 1e6)]
    public required int Count { get; init; }

    [Setting("Within how long: a number with s, m, h or d.", Pattern = "^[1-9][0-9]{0,5}[smhd]$", Example = "1h")]
    public string Window { get; init; } = "1h";
}
