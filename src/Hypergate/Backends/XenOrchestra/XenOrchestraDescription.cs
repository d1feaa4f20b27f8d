using Hypergate.Descriptions;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>What Hypergate knows of Xen Orchestra beyond the description that its server sends.</summary>
public static class XenOrchestraDescription
{
    private const string Content = "the answer or the body is a file, not something a model can read";
    private const string Dead = "the server has no such route any more: another one captures it";
    private const string Events = "an endless stream of events; the gateway itself listens where it needs to";

    public static DescriptionRules Rules { get; } = new()
    {
        AccessOf = XenOrchestraAccess.Of,
        Excluded =
        [
            new("*.{*}", Content),
            new("*.txt", Content),
            new("*.tgz", Content),
            new("*.tar", Content),
            new("*.gz", Content),
            new("*.zip", Content),
            new("*.raw", Content),
            new("*.iso", Content),
            new("*.vhd", Content),
            new("*.xva", Content),
            new("*.ova", Content),
            new("*.ndjson", Content),
            new("/events", Events),
            new("/events/*", Events),
            new("/docs/swagger.json", "the description itself; the gateway reads it"),
            new("/mcp/status", "the server's switch for MCP; the gateway asks it by itself"),
            new("/backup/jobs/metadata", Dead),
            new("/backup/jobs/mirror", Dead),
        ],
        StatisticsRoutes = ["*/stats"],
        Switches = ["ndjson", "markdown", "sync", "watch"],
        StandardParameters = Parameters(),
        Lists = new ListRules
        {
            Markers = ["fields", "limit"],
            FieldsParameter = "fields",
            Unasked = ["href"],
            Always = "id",
            Fallback = ["id", "name_label", "name", "status", "type"],
        },
        ExposureProperty = "x-mcp-exposure",
        Split = XenOrchestraDescriptionText.Split,
        MeaninglessTexts =
        [
            "Make all properties in ", "Construct a type with ", "From T, pick ", "Exclude from ", "Obtain the ", "Recursively unwraps ",
        ],
        Vocabulary = Vocabulary(),
    };

    private static Dictionary<string, StandardParameter> Parameters() => new(StringComparer.Ordinal)
    {
        ["id"] = new("Id of the object, as the list operation shows it (for most objects a UUID).", HasExamples: false),
        ["tag"] = new("The tag, as it is written."),
        ["userId"] = new("Id of the user.", HasExamples: false),
        ["groupId"] = new("Id of the group.", HasExamples: false),
        ["data_source"] = new("Name of the data source: cpu0, memory, vbd_0_read."),
        ["fields"] = new("Comma-separated fields to return; * returns all. A dotted name reaches into a field: memory.size."),
        ["filter"] = new(FilterText),
        ["limit"] = new("How many objects at most, after filter and rights.", """{"type":"integer","minimum":1}"""),
        ["granularity"] = new("How far apart the points are, and with it how far back the series go."),
        ["wait"] = new("Answer only when the task has ended."),
        ["backup-repository"] = new("Ids of the backup repositories to look into; * stands for all."),
    };

    // The grammar of the server's filters, with the two forms that silently never match.
    private const string FilterText =
        "Only objects that match; blanks mean AND. "
        + "name_label:web is a substring without case, name_label:/^web-/i a regular expression, prod*03 a glob, "
        + "\"two words\" a phrase, memory:size:>1073741824 a nested number (colons, not dots), auto_poweron? is true, "
        + "!auto_poweron? is not (never :true), power_state:|(Paused Suspended) is one of several.";

    private static Dictionary<string, string> Vocabulary() => new(StringComparer.Ordinal)
    {
        ["vm"] = "VM",
        ["vdi"] = "VDI",
        ["vif"] = "VIF",
        ["vbd"] = "VBD",
        ["sr"] = "SR",
        ["sm"] = "SM",
        ["pif"] = "PIF",
        ["pbd"] = "PBD",
        ["pci"] = "PCI",
        ["pgpu"] = "PGPU",
        ["acl"] = "ACL",
        ["gui"] = "GUI",
        ["smt"] = "SMT",
        ["stats"] = "statistics",
        ["mcp"] = "MCP",
        ["gpu"] = "GPU",
        ["vgpu"] = "VGPU",
        ["vtpm"] = "VTPM",
    };
}
