using Hypergate.Backends.XenOrchestra;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>What is known of published files and not said in them.</summary>
internal static class DadlCorrections
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly Dictionary<(string File, string Parameter), string> WireNames = new()
    {
        // Its server reads a list only under a name with brackets.
        [("mempool", "get_transaction_times.txId")] = "txId[]",
        [("mempool", "get_lightning_channels_from_txids.txId")] = "txId[]",
    };

    /// <summary>What the API calls a parameter; null where the file is right.</summary>
    public static string? WireName(string file, string tool, string parameter) => WireNames.GetValueOrDefault((file, $"{tool}.{parameter}"));

    /// <summary>The class of a tool where the file's is too mild.</summary>
    public static Access AtLeast(string file, DadlTool tool) => file switch
    {
        "xen-orchestra" => XenOrchestraAccess.Of(new Route(tool.Name, tool.Method, tool.Path)),
        _ => Access.Read,
    };

    /// <summary>As what a body goes whose names only a form can carry; null where the file is right.</summary>
    public static string? BodyType(DadlTool tool) =>
        tool.Rules.BodyType == RequestBody.Json && tool.Parameters.Any(static parameter => parameter.Place == ParameterPlace.Body && parameter.Name.Contains("[]", StringComparison.Ordinal)) ? Form : null;

    /// <summary>How long one request may take; null for as long as any.</summary>
    public static TimeSpan? TimeLimit(string file, string tool) => (file, tool) switch
    {
        // With wait it answers when the task has ended.
        ("xen-orchestra", "get_task") => TimeSpan.FromMinutes(10),
        _ => null,
    };
}
