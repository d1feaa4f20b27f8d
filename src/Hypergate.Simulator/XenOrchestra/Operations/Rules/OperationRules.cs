namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>What every operation does that is more than a plain read, by method and path template.</summary>
internal static class OperationRules
{
    public static IReadOnlyDictionary<string, OperationRule> All { get; } =
        new Dictionary<string, OperationRule>(StringComparer.Ordinal);
}
