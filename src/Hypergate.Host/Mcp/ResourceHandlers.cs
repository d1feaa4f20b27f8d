using System.Text.Json;
using Hypergate.Host.Mcp.Resources;
using Hypergate.Model;
using Hypergate.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>The backends and their operations as resources in the protocol's types.</summary>
internal sealed class ResourceHandlers(McpContent content, Caller alone)
{
    private const string Json = "application/json";
    private const string Markdown = "text/markdown";
    private const string DescribeOperation = "describe_operation";

    private static readonly IReadOnlyList<ResourceTemplate> Templates =
    [
        new() { UriTemplate = $"{ResourceAddress.Root}/{{backend}}", Name = "backend", Title = "Backend", Description = "How a backend is, and what may be done there.", MimeType = Json },
        new() { UriTemplate = $"{ResourceAddress.Root}/{{backend}}/operations", Name = "operations", Title = "Operations", Description = "The operations of a backend.", MimeType = Json },
        new() { UriTemplate = $"{ResourceAddress.Root}/{{backend}}/operations/{{operation}}", Name = "operation", Title = "Operation", Description = "The whole schema, class and rights of an operation.", MimeType = Json },
    ];

    public static ListResourceTemplatesResult ListTemplates() => new()
    {
        ResourceTemplates = [.. Templates],
        TimeToLive = McpOptions.ListLifetime,
        CacheScope = CacheScope.Private,
    };

    public ListResourcesResult List() => new()
    {
        Resources =
        [
            new Resource { Uri = ResourceAddress.Root, Name = "backends", Title = "Backends", Description = "The platforms behind this gateway.", MimeType = Json },
            .. content.Shelf().Backends.Select(static name => new Resource { Uri = ResourceAddress.Of(name), Name = name, Title = $"Backend {name}", MimeType = Json }),
            .. content.Guides.Select(static guide => new Resource { Uri = guide.Address, Name = guide.Name, Title = guide.Title, Description = guide.Description, MimeType = Markdown }),
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
        var document = await FindAsync(address, RequestCaller.Of(request.JsonRpcRequest, alone), cancellationToken) ?? throw new ResourceNotFoundException(text);
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
        { Backend: null } => content.Shelf().List(),
        { Operation: { } operation } => await DescribeAsync(address.Backend, operation, caller, cancellationToken),
        { IsOperations: true } => content.Shelf().ListOperations(address.Backend),
        _ => content.Shelf().Show(address.Backend),
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
}
