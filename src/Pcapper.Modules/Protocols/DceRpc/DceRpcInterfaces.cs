namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Identifiers of interfaces that conclusions are drawn from.</summary>
internal static class DceRpcInterfaces
{
    public const string ServiceControl = "367abb81-9844-35f1-ad32-98f038001003";          // MS-SCMR
    public const string TaskScheduler = "86d35949-83c9-4044-b424-db363231fd0c";           // MS-TSCH, ITaskSchedulerService
    public const string JobScheduler = "1ff70682-0a51-30e8-076d-740be8cee98b";            // MS-TSCH, ATSvc
    public const string WbemServices = "9556dc99-828c-11cf-a37e-00aa003240c7";            // MS-WMI, IWbemServices
    public const string WbemLogin = "f309ad18-d86a-11d0-a075-00c04fb68820";               // MS-WMI, IWbemLevel1Login
    public const string SystemActivator = "000001a0-0000-0000-c000-000000000046";         // MS-DCOM, IRemoteSCMActivator
    public const string Activation = "4d9f4ab8-7d1c-11cf-861e-0020af6e7c57";              // MS-DCOM, IActivation
    public const string Dispatch = "00020400-0000-0000-c000-000000000046";                // MS-OAUT, IDispatch
    public const string DirectoryReplication = "e3514235-4b06-11d1-ab04-00c04fc2dcd2";    // MS-DRSR
    public const string AccountManager = "12345778-1234-abcd-ef00-0123456789ac";          // MS-SAMR
    public const string LocalSecurity = "12345778-1234-abcd-ef00-0123456789ab";           // MS-LSAD, MS-LSAT
    public const string Server = "4b324fc8-1670-01d3-1278-5a47bf6ee188";                  // MS-SRVS
    public const string Workstation = "6bffd098-a112-3610-9833-46c3f87e345a";             // MS-WKST
    public const string Registry = "338cd001-2244-31f1-aaaa-900038001003";                // MS-RRP
    public const string Netlogon = "12345678-1234-abcd-ef00-01234567cffb";                // MS-NRPC
    public const string EncryptedFiles = "df1941c5-fe89-4e79-bf10-463657acf44d";          // MS-EFSR over \pipe\efsrpc
    public const string EncryptedFilesLsass = "c681d488-d850-11d0-8c52-00c04fd90f7e";     // MS-EFSR over \pipe\lsarpc
    public const string Spooler = "12345678-1234-abcd-ef00-0123456789ab";                 // MS-RPRN
    public const string AsynchronousPrint = "76f03f96-cdfd-44fc-a22c-64950a001209";       // MS-PAR
    public const string ShadowCopyAgent = "a8e0653c-2744-4389-a61d-7373df8b2292";         // MS-FSRVP
    public const string DistributedFiles = "4fc742e0-4a10-11cf-8273-00aa004ae673";        // MS-DFSNM
    public const string EventLog = "82273fdc-e32a-18c3-3f78-827929dc23ea";                // MS-EVEN
    public const string EndpointMapper = "e1af8308-5d1f-11c9-91a4-08002b14a0fa";          // C706, appendix O
}
