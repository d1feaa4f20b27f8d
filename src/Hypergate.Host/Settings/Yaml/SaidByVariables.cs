namespace Hypergate.Host.Settings.Yaml;

/// <summary>What variables say of everything but the platforms.</summary>
/// <param name="Settings">Without platforms.</param>
/// <param name="References">What they refer to.</param>
/// <param name="Parts">The variables.</param>
/// <param name="PlaceOf">Which variable says what lies under a path, with that; null where none does.</param>
internal sealed record SaidByVariables(GatewaySettings Settings, References References, IReadOnlyList<string> Parts, Func<string, string?> PlaceOf);
