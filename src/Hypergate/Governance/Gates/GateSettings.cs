using System.Text.Json.Serialization;
using Hypergate.Governance.Authorization;
using Hypergate.Schemas;

namespace Hypergate.Governance.Gates;

/// <summary>What is done to calls before they are sent, or to their answers: said here, or by a script.</summary>
public sealed record GateSettings
{
    [Setting("What people call it; stands in refusals.", Example = "small-vms")]
    public required string Name { get; init; }

    [Setting("The file with its script: function (ctx) that may change ctx.args before the call or ctx.result after it, or throw to refuse. Relative to this file.", DefaultText = "none: before and after say what it does", Example = "gates/small-vms.js")]
    public string? Script { get; init; }

    [Setting("The calls that it is for, as in a rule of a role, without confirm. Conditions are about args, caller and time.", DefaultText = "all calls", Example = "{ operations: [CreateVm] }")]
    public RuleSettings When { get; init; } = new();

    [Setting("When its script runs: before the call is sent, after it has been answered, or both.", MinItems = 1, DefaultText = "before")]
    public IReadOnlyList<GatePhase>? Phases { get; init; }

    [Setting("What is done before the call is sent.", DefaultText = "nothing")]
    public GateBeforeSettings? Before { get; init; }

    [Setting("What is done to the answer.", DefaultText = "nothing")]
    public GateAfterSettings? After { get; init; }

    [Setting("Whether it only records in the audit what it would do.")]
    public bool Shadow { get; init; }

    [Setting("Whether it is in force.")]
    public bool Enabled { get; init; } = true;
}

/// <summary>When a gate runs.</summary>
public enum GatePhase
{
    /// <summary>Before the call is sent.</summary>
    [JsonStringEnumMemberName("before")]
    Before,

    /// <summary>After it has been answered.</summary>
    [JsonStringEnumMemberName("after")]
    After,
}
