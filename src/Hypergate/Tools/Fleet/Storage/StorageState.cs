namespace Hypergate.Tools.Fleet.Storage;

/// <summary>How a node sees a storage.</summary>
internal sealed record StorageState(bool? Active, bool? Enabled);
