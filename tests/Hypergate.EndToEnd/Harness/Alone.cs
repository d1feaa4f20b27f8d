namespace Hypergate.EndToEnd.Harness;

/// <summary>For tests whose other side has a clock of its own: they run one after the other, when all others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
