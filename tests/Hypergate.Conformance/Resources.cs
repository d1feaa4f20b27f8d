using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance;

/// <summary>Resources of every kind.</summary>
internal static class Resources
{
    public static IEnumerable<McpServerResource> All =>
    [
        Resource("test://static-text", "text/plain", static () => new TextResourceContents
        {
            Uri = "test://static-text", MimeType = "text/plain", Text = "This is the content of the static text resource.",
        }),
        Resource("test://static-binary", "image/png", static () => BlobResourceContents.FromBytes(Media.Png, "test://static-binary", "image/png")),
        Resource("test://watched-resource", "text/plain", static () => new TextResourceContents
        {
            Uri = "test://watched-resource", MimeType = "text/plain", Text = "Watched.",
        }),
        Resource("test://template/{id}/data", "application/json", static (string id) => new TextResourceContents
        {
            Uri = $"test://template/{id}/data", MimeType = "application/json", Text = $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}""",
        }),
    ];

    private static McpServerResource Resource(string address, string type, Delegate read) =>
        McpServerResource.Create(read, new McpServerResourceCreateOptions { UriTemplate = address, Name = address, Description = "A resource for the conformance suite.", MimeType = type });
}
