using System.Text.Json;
using Hypergate.Governance.Gates;
using Hypergate.Model;

namespace Hypergate.Host.Policies;

/// <summary>A call that is written down, and what gates shall make of it.</summary>
/// <param name="Name">With file and line.</param>
/// <param name="Call">The call.</param>
/// <param name="Answer">What the platform answers; null where gates that look at answers do not run.</param>
/// <param name="Expected"><c>refused</c>, <c>args</c>, <c>result</c>, <c>confirm</c>; what is not there does not matter, but nothing is refused unasked.</param>
internal sealed record GateTest(string Name, GateTrialCall Call, JsonElement? Answer, JsonElement Expected)
{
    private const int LongestValue = 500;

    /// <summary>What is otherwise than expected; null for nothing.</summary>
    public async Task<string?> FailureAsync(IReadOnlyList<IGate> gates, TimeProvider time, CancellationToken cancellationToken)
    {
        var trial = new GateTrial(gates, time);
        await foreach (var _ in trial.RunAsync(Call, Answer, cancellationToken))
        {
            // Only its end matters.
        }

        return Refusal(trial.End) ?? Confirm(trial.End) ?? Value("args", trial.End.Arguments) ?? Value("result", trial.End.Answer);
    }

    private string? Refusal(GateTrialEnd end)
    {
        var wanted = Expected.TryGetProperty("refused", out var refused) && refused.ValueKind != JsonValueKind.False;
        var words = wanted && refused.ValueKind == JsonValueKind.String ? refused.GetString()! : "";
        return (wanted, end.Refusal) switch
        {
            (true, null) => "expected a refusal, but nothing refuses it",
            (false, { } why) => $"is refused: {why}",
            (true, { } why) when !why.Contains(words, StringComparison.Ordinal) => $"expected a refusal with '{words}', but it is refused with '{why}'",
            _ => null,
        };
    }

    private string? Confirm(GateTrialEnd end) => Expected.TryGetProperty("confirm", out var wanted) && wanted.GetString() != Word(end.Confirm)
        ? $"expected confirm {wanted.GetString()}, but it is {Word(end.Confirm)}"
        : null;

    private string? Value(string name, JsonElement? value) => Expected.TryGetProperty(name, out var wanted) && !(value is { } found && JsonElement.DeepEquals(wanted, found))
        ? $"expected {name} {Short(wanted)}, but found {(value is { } other ? Short(other) : "none")}"
        : null;

    private static string Word(ConsentRule? rule) => rule switch { ConsentRule.FourEyes => "four-eyes", { } known => known.ToString().ToLowerInvariant(), _ => "none" };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > LongestValue } text ? $"{text[..LongestValue]}…" : value.GetRawText();
}
