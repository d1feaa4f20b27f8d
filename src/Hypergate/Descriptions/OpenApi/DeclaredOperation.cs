using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>An operation as it stands in the document, not yet understood.</summary>
internal sealed record DeclaredOperation(Route Route, JsonElement PathItem, JsonElement Element);
