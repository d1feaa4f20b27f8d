using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Path">The key from the top: <c>backends[0].url</c>.</param>
/// <param name="Problem">A predicate that reads on from the key; holds no part of the value.</param>
internal sealed record SettingsFault(string Path, string Problem)
{
    /// <summary>The value, where it explains the problem and is no secret by its place. It may still have come through a reference.</summary>
    public string? Value { get; init; }

    public string ProblemWithValue => Value is null ? Problem : $"{Problem}, but is {ValueText.Quote(Value)}";
}
