using System.Text.Json;
using Hypergate.Backends.Rest;
using Hypergate.Descriptions;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.PxCloud;

/// <summary>Reads PXCloud's OpenAPI document: its operations under names of their own, without those that no tool can run or nobody wants.</summary>
/// <param name="settings">What is offered.</param>
internal sealed class PxCloudDescription(PxCloudSettings settings)
{
    // Whole segments of a path: what leads there is no request with an answer.
    private static readonly string[] Streams = ["vnc", "terminal", "ws", "bmc-proxy"];

    public static DescriptionRules Rules { get; } = new()
    {
        AccessOf = PxCloudAccess.Of,
        IsGeneral = true,
        Envelope = new EnvelopeRules("data", PxCloudValue.Wrapping),
        Limits = RestKind.Limits,
        Vocabulary = new Dictionary<string, string>(StringComparer.Ordinal) { ["vm"] = "VM", ["ip"] = "IP", ["ipam"] = "IPAM", ["bmc"] = "BMC", ["acl"] = "ACL", ["nic"] = "NIC" },
    };

    /// <exception cref="DescriptionException">The whole document is unusable.</exception>
    public Description Read(ReadOnlyMemory<byte> text, DescriptionRules rules)
    {
        var read = OpenApiReader.Read(text, rules);
        using var document = JsonDocument.Parse(
            text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text, new JsonDocumentOptions { MaxDepth = rules.Limits.DocumentDepth });
        var marks = new PxCloudMarks(document.RootElement).Read();
        var byPlace = marks.ToDictionary(static mark => (mark.Method, mark.Path));
        var names = PxCloudNames.Of(marks);
        var inPackage = PackageNames.Of(marks, HasTag);
        var (operations, dropped) = (new List<Operation>(), new List<DroppedOperation>(read.Dropped));
        foreach (var operation in read.Operations)
        {
            var place = (operation.Method, operation.Path);
            if (!byPlace.TryGetValue(place, out var mark))
            {
                mark = new PxCloudMark { Method = operation.Method, Path = operation.Path };
            }

            var known = Known(operation, mark, names.GetValueOrDefault(place, operation.Name), inPackage.GetValueOrDefault(place));
            if (Obstacle(known, mark) is { } obstacle)
            {
                dropped.Add(new DroppedOperation(new Route(operation.DeclaredName, operation.Method, operation.Path), obstacle));
            }
            else
            {
                operations.Add(known);
            }
        }

        var unknown = UnknownTags(marks);
        return read with { Operations = WithoutEqualNames(operations), Dropped = dropped, Warnings = [.. read.Warnings, .. unknown], Faults = [.. read.Faults, .. unknown] };
    }

    // Tags are compared exactly, as the package does it: one in other letters offers nothing, which nobody would guess.
    private List<string> UnknownTags(IEnumerable<PxCloudMark> marks)
    {
        var known = marks.SelectMany(static mark => mark.Tags).Distinct(StringComparer.Ordinal).ToList();
        return [.. (settings.Tags ?? []).Where(tag => !known.Contains(tag, StringComparer.Ordinal)).Select(tag =>
            $"No operation has the tag '{tag}' (PXCLOUD_TOOLS or pxcloud.tags); tags are compared exactly. {((known.Find(other => other.Equals(tag, StringComparison.OrdinalIgnoreCase)) ?? NearestName.Find(tag, known)) is { } near ? $"Did you mean '{near}'?" : $"There are {string.Join(", ", known)}.")}")];
    }

    private static Operation Known(Operation operation, PxCloudMark mark, string name, string? inPackage)
    {
        var startsTask = mark.StartsTask && operation.Method != "GET";
        return PxCloudBody.Flatten(operation with
        {
            Name = name,
            OtherNames = [.. PxCloudNames.Others(mark, inPackage).Where(other => other != name).Distinct(StringComparer.Ordinal)],
            Title = PxCloudTexts.Title(mark, operation.Title),
            Description = startsTask ? $"{PxCloudTexts.Description(mark)} {PxCloudTasks.HowLong}".TrimStart() : PxCloudTexts.Description(mark),
            Path = PathOf(operation.Path),
            Result = startsTask ? ResultShape.Job : operation.Result,
            CredentialWays = [],
        });
    }

    // The API lies below /api, whether the document says so or not.
    private static string PathOf(string path) => path == "/api" || path.StartsWith("/api/", StringComparison.Ordinal) ? path : "/api" + path;

    private string? Obstacle(Operation operation, PxCloudMark mark)
    {
        var segments = mark.Path.Split('/');
        var isWanted = settings.Include.Any(pattern => RoutePattern.Fits(pattern, mark.Path));
        return !isWanted && segments.FirstOrDefault(static segment => Streams.Contains(segment, StringComparer.OrdinalIgnoreCase)) is { } stream ? $"'{stream}' in its path leads to a stream or a page, not to an answer (pxcloud.include in the settings offers it)"
            : mark.TakesFiles ? "takes a form with files"
            : mark.IsStream ? "answers with a stream of events"
            : !settings.System && segments.Contains("system", StringComparer.OrdinalIgnoreCase) ? "belongs to the installation itself (pxcloud.system in the settings offers it)"
            : !settings.AllowDelete && PathAccess.Deletes(operation) ? "deletes (PXCLOUD_ALLOW_DELETE or pxcloud.allowDelete offers it)"
            : !HasTag(mark) ? "has none of the tags that the settings name"
            : null;
    }

    private bool HasTag(PxCloudMark mark) => settings.Tags is not { } tags || tags.Any(mark.Tags.Contains);

    // Operations that the reader knows and the marks do not keep the reader's names, which might be taken.
    private static List<Operation> WithoutEqualNames(List<Operation> operations)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return operations.FindAll(operation => taken.Add(operation.Name));
    }
}
