using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>For platforms that answer with an empty list where the caller may not see what is in it.</summary>
/// <param name="Path">Where the caller's rights are read, below the API's path.</param>
/// <param name="Explain">Which right is missing, in sentences, by the call and the caller's rights; none where no right is.</param>
internal sealed record EmptyRules(string Path, Func<Call, JsonElement, IEnumerable<string>> Explain);
