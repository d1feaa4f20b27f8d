namespace Hypergate.Tools.Query;

/// <summary>A backend as queries know it.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Kind">The name of its kind.</param>
internal sealed record QueryBackend(string Name, string Kind);
