namespace Hypergate.Simulator.Answers;

/// <summary>Compression against the client's wish.</summary>
internal sealed record GzipChoice(bool IsOn);
