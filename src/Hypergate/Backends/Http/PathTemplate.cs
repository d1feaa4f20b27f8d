using System.Text;

namespace Hypergate.Backends.Http;

/// <summary>A path with placeholders in braces.</summary>
internal static class PathTemplate
{
    /// <summary>Puts the encoded values in.</summary>
    /// <param name="refused">Why a value cannot be used; null where the result can be.</param>
    public static string Fill(
        string template, IReadOnlyDictionary<string, string> values, PathRule? rule, out RequestAddress.Refused? refused)
    {
        if (!template.StartsWith('/') || template.AsSpan().ContainsAny("?#\\"))
        {
            throw new ArgumentException($"'{template}' is not the path of an operation.", nameof(template));
        }

        var path = new StringBuilder();
        for (var rest = template.AsSpan(); !rest.IsEmpty;)
        {
            var open = rest.IndexOf('{');
            var close = rest.IndexOf('}');
            if (open < 0 || close < open)
            {
                path.Append(rest);
                break;
            }

            var name = rest[(open + 1)..close].ToString();
            refused = Check(name, values, rule);
            if (refused is not null)
            {
                return "";
            }

            path.Append(rest[..open]).Append(PathValue.Encode(values[name]));
            rest = rest[(close + 1)..];
        }

        refused = null;
        return path.ToString();
    }

    private static RequestAddress.Refused? Check(string name, IReadOnlyDictionary<string, string> values, PathRule? rule)
    {
        if (!values.TryGetValue(name, out var value))
        {
            return new(name, $"The argument '{name}' is missing.");
        }

        var problem = PathValue.Problem(value) ?? rule?.Invoke(name, value);
        return problem is null ? null : new(name, $"The argument '{name}' {problem}.");
    }
}
