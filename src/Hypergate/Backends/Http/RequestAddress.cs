namespace Hypergate.Backends.Http;

/// <summary>The address of one request, or why there can be none (rule R-PATH).</summary>
internal abstract record RequestAddress
{
    /// <summary>In characters of path and query; Node.js refuses requests whose head exceeds 16 kB.</summary>
    private const int MaxTargetLength = 15_000;

    private RequestAddress()
    {
    }

    /// <summary>
    /// Puts values into a template, and proves that the result lies below the base address and has as many segments
    /// as the template.
    /// </summary>
    /// <param name="baseAddress">Scheme, host, port and the path that every operation of the API begins with.</param>
    /// <param name="template">The path below it, from the description: <c>/vms/{id}/tags/{tag}</c>.</param>
    /// <param name="values">One value for each placeholder; others are not used.</param>
    /// <param name="rule">What the platform asks of the values beyond the rules for all.</param>
    public static RequestAddress Build(
        Uri baseAddress,
        string template,
        IReadOnlyDictionary<string, string> values,
        QueryValues? query = null,
        PathRule? rule = null)
    {
        var path = PathTemplate.Fill(template, values, rule, out var refused);
        return refused ?? Prove(baseAddress, template, path, query?.ToString() ?? "");
    }

    // System.Uri collapses "..", "%2e%2e" and backslashes, so what was built and what would be sent are compared.
    private static RequestAddress Prove(Uri baseAddress, string template, string path, string query)
    {
        var prefix = baseAddress.AbsolutePath.TrimEnd('/');
        var target = prefix + path + query;
        if (target.Length > MaxTargetLength)
        {
            return new Refused("", $"The request's address would have {target.Length} characters, {MaxTargetLength} are possible: "
                + "shorten the arguments, for instance the filter.");
        }

        var isSound = Uri.TryCreate($"{baseAddress.Scheme}://{baseAddress.Authority}{target}", UriKind.Absolute, out var address)
            && Origin.Same(address, baseAddress)
            && address.PathAndQuery == target
            && address.Fragment == ""
            && address.AbsolutePath.StartsWith(prefix + "/", StringComparison.Ordinal)
            && address.AbsolutePath.AsSpan(prefix.Length).Count('/') == template.AsSpan().Count('/');

        return isSound
            ? new Built(address!)
            : new Refused("", "The arguments would lead to another path than the operation's.");
    }

    /// <summary>Fit to send: its path and query are byte for byte what goes over the wire.</summary>
    public sealed record Built(Uri Address) : RequestAddress;

    /// <summary>Nothing may be sent.</summary>
    /// <param name="Argument">The argument at fault; empty where it is the whole.</param>
    /// <param name="Reason">A sentence for the caller that names the argument and never repeats its value.</param>
    public sealed record Refused(string Argument, string Reason) : RequestAddress;
}
