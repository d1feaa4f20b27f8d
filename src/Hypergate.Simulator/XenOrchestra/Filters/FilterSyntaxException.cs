namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>A filter that the server does not understand; the message is the server's.</summary>
internal sealed class FilterSyntaxException(string message) : Exception(message);
