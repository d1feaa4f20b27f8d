namespace Hypergate.Backends.Dadl.Export;

/// <summary>What became of a tool that was held against its operation.</summary>
/// <param name="Tool">The same where nothing had to go, one with less or with the body as a whole, or null.</param>
/// <param name="LeftOut">What went.</param>
internal sealed record ToolProof(ExportTool? Tool, IReadOnlyList<LeftOut> LeftOut);
