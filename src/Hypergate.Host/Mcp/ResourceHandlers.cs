using System.Text.Json;
using Hypergate.Host.Mcp.Resources;
using Hypergate.Model;
using Hypergate.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>Backends, operations, objects and documentation as resources in the protocol's types.</summary>
internal sealed class ResourceHandlers(McpContent content, Caller alone)
{
    private const string Json = "application/json";
    private const string Markdown = "text/markdown";
    private const string DescribeOperation = "describe_operation";

    private const string Backend = $"{ResourceAddress.Backends}/{{backend}}";

    private static readonly IReadOnlyList<ResourceTemplate> Templates =
    [
        Template(Backend, "backend", "Backend", "How a backend is, and what may be done there."),
        Template($"{Backend}/operations", "operations", "Operations", "The operations of a backend."),
        Template($"{Backend}/operations/{{operation}}", "operation", "Operation", "The whole schema, class and rights of an operation."),
        Template($"{Backend}/objects", "types", "Object types", "The types of objects that a backend has."),
        Template($"{Backend}/objects/{{type}}", "objects", "Objects", "Names and addresses of the objects of a type: guests, nodes, storages, networks …"),
        Template($"{Backend}/objects/{{type}}/{{object}}", "object", "Object", "One object by its id, or by a name that it alone has."),
    ];

    private static readonly IReadOnlyList<ResourceTemplate> DocumentationTemplates =
    [
        Template($"{ResourceAddress.Documentation}/{{topic}}", "topic", "Documentation topic", "The headings of a page of the public documentation."),
        Template($"{ResourceAddress.Documentation}/{{topic}}/{{passage}}", "passage", "Documentation passage", "What the documentation says below a heading."),
    ];

    public ListResourceTemplatesResult ListTemplates() => new()
    {
        ResourceTemplates = [.. Templates, .. content.Documentation() is null ? [] : DocumentationTemplates],
        TimeToLive = McpOptions.ListLifetime,
        CacheScope = CacheScope.Private,
    };

    public ListResourcesResult List() => new()
    {
        Resources =
        [
            new Resource { Uri = ResourceAddress.Backends, Name = "backends", Title = "Backends", Description = "The platforms behind this gateway.", MimeType = Json },
            .. content.Shelf().Backends.Select(static name => new Resource { Uri = ResourceAddress.Of(name), Name = name, Title = $"Backend {name}", MimeType = Json }),
            .. content.Guides.Select(static guide => new Resource { Uri = guide.Address, Name = guide.Name, Title = guide.Title, Description = guide.Description, MimeType = Markdown }),
            .. content.Documentation() is null
                ? Array.Empty<Resource>()
                : [new Resource { Uri = ResourceAddress.Documentation, Name = "documentation", Title = "Documentation", Description = "The topics of the public documentation.", MimeType = Json }],
        ],
        TimeToLive = McpOptions.ListLifetime,
        CacheScope = CacheScope.Private,
    };

    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var text = request.Params?.Uri ?? "";
        if (content.Guides.FirstOrDefault(guide => guide.Address == text) is { } guide)
        {
            return Answer(text, Markdown, guide.Text);
        }

        var address = ResourceAddress.TryRead(text) ?? throw new ResourceNotFoundException(text);
        var document = await FindAsync(address, RequestCaller.Of(request, alone).By("resources"), cancellationToken) ?? throw new ResourceNotFoundException(text);
        return Answer(text, Json, document.GetRawText());
    }

    private static ReadResourceResult Answer(string address, string type, string text) => new()
    {
        Contents = [new TextResourceContents { Uri = address, MimeType = type, Text = text }],
        TimeToLive = TimeSpan.Zero,
        CacheScope = CacheScope.Private,
    };

    private async Task<JsonElement?> FindAsync(ResourceAddress address, Caller caller, CancellationToken cancellationToken) => address switch
    {
        ResourceAddress.AllBackends => content.Shelf().List(),
        ResourceAddress.OneBackend backend => content.Shelf().Show(backend.Name),
        ResourceAddress.Operations operations => content.Shelf().ListOperations(operations.Backend),
        ResourceAddress.OneOperation operation => await DescribeAsync(operation.Backend, operation.Name, caller, cancellationToken),
        ResourceAddress.ObjectTypes types => content.Objects().ListTypes(types.Backend),
        ResourceAddress.Objects objects => await content.Objects().ListAsync(objects.Backend, objects.Type, caller, cancellationToken),
        ResourceAddress.OneObject one => await content.Objects().FindAsync(one, caller, cancellationToken),
        _ => content.Documentation() is { } documentation ? await FindAsync(address, documentation, cancellationToken) : null,
    };

    private static async Task<JsonElement?> FindAsync(ResourceAddress address, DocumentationShelf documentation, CancellationToken cancellationToken) => address switch
    {
        ResourceAddress.Topics => documentation.List(),
        ResourceAddress.OneTopic topic => await documentation.ListAsync(topic.Name, cancellationToken),
        ResourceAddress.OnePassage passage => await documentation.FindAsync(passage, cancellationToken),
        _ => null,
    };

    // What the tool says, under the same rights.
    private async Task<JsonElement?> DescribeAsync(string backend, string operation, Caller caller, CancellationToken cancellationToken)
    {
        if (content.Tools.Find(DescribeOperation) is not { } tool)
        {
            return null;
        }

        var arguments = ToolSchema.Write(writer =>
        {
            writer.WriteString("backend", backend);
            writer.WriteString("operation", operation);
        });
        return (await tool.Run(new ToolRequest(caller, arguments, Conversation.Silent), cancellationToken)).Structured?.Value;
    }

    private static ResourceTemplate Template(string address, string name, string title, string description) =>
        new() { UriTemplate = address, Name = name, Title = title, Description = description, MimeType = Json };
}
