namespace Hypergate.Tests.Descriptions.OpenApi;

/// <summary>
/// The OpenAPI description that a real Xen Orchestra serves. Its licence keeps it out of this repository, so it comes
/// from npm, once, into the build's folder.
/// </summary>
internal static class RealDocument
{
    /// <summary>The document; skips the test where npm cannot be reached.</summary>
    public static byte[] Json() => NpmFile.Read("@xen-orchestra/rest-api@0.39.0", "package/open-api/spec/swagger.json");
}
