namespace Hypergate.Host.Settings;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Path">The key from the top: <c>backends[0].url</c>.</param>
/// <param name="Problem">A predicate that reads on from the key; holds no secret.</param>
internal sealed record SettingsFault(string Path, string Problem);
