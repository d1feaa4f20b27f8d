using Hypergate.Backends.Http;

namespace Hypergate.Tests.Backends.Http;

internal static class XoWords
{
    public static PlatformWords Value { get; } = new() { Server = "XO server", AddressSetting = "XO_URL" };
}
