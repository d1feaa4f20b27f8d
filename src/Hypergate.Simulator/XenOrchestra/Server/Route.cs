using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>An operation and the values of its placeholders, not yet decoded.</summary>
internal sealed record Route(Operation Operation, IReadOnlyDictionary<string, string> Values);
