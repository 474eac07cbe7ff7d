using System.Globalization;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Names interfaces and their operations, as the specifications of Microsoft do (MS-SCMR, MS-SAMR, MS-DRSR and so on).</summary>
internal static class DceRpcNames
{
    // Operations in order of their numbers; "-" is one without a name.
    private static readonly Dictionary<string, (string Name, string[] Operations)> s_interfaces = new(StringComparer.Ordinal)
    {
        [DceRpcInterfaces.EndpointMapper] = ("epmapper", Words(
            "ept_insert ept_delete ept_lookup ept_map ept_lookup_handle_free ept_inq_object ept_mgmt_delete ept_map_auth")),
        [DceRpcInterfaces.ServiceControl] = ("svcctl", Words(
            "CloseServiceHandle ControlService DeleteService LockServiceDatabase QueryServiceObjectSecurity SetServiceObjectSecurity QueryServiceStatus SetServiceStatus " +
            "UnlockServiceDatabase NotifyBootConfigStatus - ChangeServiceConfigW CreateServiceW EnumDependentServicesW EnumServicesStatusW OpenSCManagerW OpenServiceW " +
            "QueryServiceConfigW QueryServiceLockStatusW StartServiceW GetServiceDisplayNameW GetServiceKeyNameW - ChangeServiceConfigA CreateServiceA EnumDependentServicesA " +
            "EnumServicesStatusA OpenSCManagerA OpenServiceA QueryServiceConfigA QueryServiceLockStatusA StartServiceA GetServiceDisplayNameA GetServiceKeyNameA - " +
            "EnumServiceGroupW ChangeServiceConfig2A ChangeServiceConfig2W QueryServiceConfig2A QueryServiceConfig2W QueryServiceStatusEx EnumServicesStatusExA " +
            "EnumServicesStatusExW - CreateServiceWOW64A CreateServiceWOW64W - NotifyServiceStatusChange GetNotifyResults CloseNotifyHandle ControlServiceExA ControlServiceExW " +
            "- - - - QueryServiceConfigEx - - - CreateWowService - - - OpenSCManager2")),
        [DceRpcInterfaces.TaskScheduler] = ("ITaskSchedulerService", Words(
            "SchRpcHighestVersion SchRpcRegisterTask SchRpcRetrieveTask SchRpcCreateFolder SchRpcSetSecurity SchRpcGetSecurity SchRpcEnumFolders SchRpcEnumTasks " +
            "SchRpcEnumInstances SchRpcGetInstanceInfo SchRpcStopInstance SchRpcStop SchRpcRun SchRpcDelete SchRpcRename SchRpcScheduledRuntimes SchRpcGetLastRunInfo " +
            "SchRpcGetTaskInfo SchRpcGetNumberOfMissedRuns SchRpcEnableTask")),
        [DceRpcInterfaces.JobScheduler] = ("atsvc", Words("NetrJobAdd NetrJobDel NetrJobEnum NetrJobGetInfo")),
        [DceRpcInterfaces.WbemServices] = ("IWbemServices", Words(
            "QueryInterface AddRef Release OpenNamespace CancelAsyncCall QueryObjectSink GetObject GetObjectAsync PutClass PutClassAsync DeleteClass DeleteClassAsync " +
            "CreateClassEnum CreateClassEnumAsync PutInstance PutInstanceAsync DeleteInstance DeleteInstanceAsync CreateInstanceEnum CreateInstanceEnumAsync ExecQuery " +
            "ExecQueryAsync ExecNotificationQuery ExecNotificationQueryAsync ExecMethod ExecMethodAsync")),
        [DceRpcInterfaces.WbemLogin] = ("IWbemLevel1Login", Words("QueryInterface AddRef Release EstablishPosition RequestChallenge WBEMLogin NTLMLogin")),
        [DceRpcInterfaces.SystemActivator] = ("ISystemActivator", Words("- - - RemoteGetClassObject RemoteCreateInstance")),
        [DceRpcInterfaces.Activation] = ("IActivation", Words("RemoteActivation")),
        [DceRpcInterfaces.Dispatch] = ("IDispatch", Words("QueryInterface AddRef Release GetTypeInfoCount GetTypeInfo GetIDsOfNames Invoke")),
        ["99fcfec4-5260-101b-bbcb-00aa0021347a"] = ("IObjectExporter", Words("ResolveOxid SimplePing ComplexPing ServerAlive ResolveOxid2 ServerAlive2")),
        ["00000131-0000-0000-c000-000000000046"] = ("IRemUnknown", Words("QueryInterface AddRef Release RemQueryInterface RemAddRef RemRelease")),
        ["00000143-0000-0000-c000-000000000046"] = ("IRemUnknown2", Words("QueryInterface AddRef Release RemQueryInterface RemAddRef RemRelease RemQueryInterface2")),
        ["027947e1-d731-11ce-a357-000000000001"] = ("IEnumWbemClassObject", Words("QueryInterface AddRef Release Reset Next NextAsync Clone Skip")),
        ["1c1c45ee-4395-11d2-b60b-00104b703efd"] = ("IWbemFetchSmartEnum", Words("QueryInterface AddRef Release GetSmartEnum")),
        ["423ec01e-2e35-11d2-b604-00104b703efd"] = ("IWbemWCOSmartEnum", Words("QueryInterface AddRef Release Next")),
        [DceRpcInterfaces.DirectoryReplication] = ("drsuapi", Words(
            "DRSBind DRSUnbind DRSReplicaSync DRSGetNCChanges DRSUpdateRefs DRSReplicaAdd DRSReplicaDel DRSReplicaModify DRSVerifyNames DRSGetMemberships DRSInterDomainMove " +
            "DRSGetNT4ChangeLog DRSCrackNames DRSWriteSPN DRSRemoveDsServer DRSRemoveDsDomain DRSDomainControllerInfo DRSAddEntry DRSExecuteKCC DRSGetReplInfo DRSAddSidHistory " +
            "DRSGetMemberships2 DRSReplicaVerifyObjects DRSGetObjectExistence DRSQuerySitesByCost DRSInitDemotion DRSReplicaDemotion DRSFinishDemotion DRSAddCloneDC " +
            "DRSWriteNgcKey DRSReadNgcKey")),
        [DceRpcInterfaces.AccountManager] = ("samr", Words(
            "SamrConnect SamrCloseHandle SamrSetSecurityObject SamrQuerySecurityObject SamrShutdownSamServer SamrLookupDomainInSamServer SamrEnumerateDomainsInSamServer " +
            "SamrOpenDomain SamrQueryInformationDomain SamrSetInformationDomain SamrCreateGroupInDomain SamrEnumerateGroupsInDomain SamrCreateUserInDomain " +
            "SamrEnumerateUsersInDomain SamrCreateAliasInDomain SamrEnumerateAliasesInDomain SamrGetAliasMembership SamrLookupNamesInDomain SamrLookupIdsInDomain SamrOpenGroup " +
            "SamrQueryInformationGroup SamrSetInformationGroup SamrAddMemberToGroup SamrDeleteGroup SamrRemoveMemberFromGroup SamrGetMembersInGroup " +
            "SamrSetMemberAttributesOfGroup SamrOpenAlias SamrQueryInformationAlias SamrSetInformationAlias SamrDeleteAlias SamrAddMemberToAlias SamrRemoveMemberFromAlias " +
            "SamrGetMembersInAlias SamrOpenUser SamrDeleteUser SamrQueryInformationUser SamrSetInformationUser SamrChangePasswordUser SamrGetGroupsForUser " +
            "SamrQueryDisplayInformation SamrGetDisplayEnumerationIndex SamrTestPrivateFunctionsDomain SamrTestPrivateFunctionsUser SamrGetUserDomainPasswordInformation " +
            "SamrRemoveMemberFromForeignDomain SamrQueryInformationDomain2 SamrQueryInformationUser2 SamrQueryDisplayInformation2 SamrGetDisplayEnumerationIndex2 " +
            "SamrCreateUser2InDomain SamrQueryDisplayInformation3 SamrAddMultipleMembersToAlias SamrRemoveMultipleMembersFromAlias SamrOemChangePasswordUser2 " +
            "SamrUnicodeChangePasswordUser2 SamrGetDomainPasswordInformation SamrConnect2 SamrSetInformationUser2 SamrSetBootKeyInformation SamrGetBootKeyInformation " +
            "SamrConnect3 SamrConnect4 SamrUnicodeChangePasswordUser3 SamrConnect5 SamrRidToSid SamrSetDSRMPassword SamrValidatePassword")),
        [DceRpcInterfaces.LocalSecurity] = ("lsarpc", Words(
            "LsarClose LsarDelete LsarEnumeratePrivileges LsarQuerySecurityObject LsarSetSecurityObject LsarChangePassword LsarOpenPolicy LsarQueryInformationPolicy " +
            "LsarSetInformationPolicy LsarClearAuditLog LsarCreateAccount LsarEnumerateAccounts LsarCreateTrustedDomain LsarEnumerateTrustedDomains LsarLookupNames LsarLookupSids " +
            "LsarCreateSecret LsarOpenAccount LsarEnumeratePrivilegesAccount LsarAddPrivilegesToAccount LsarRemovePrivilegesFromAccount LsarGetQuotasForAccount " +
            "LsarSetQuotasForAccount LsarGetSystemAccessAccount LsarSetSystemAccessAccount LsarOpenTrustedDomain LsarQueryInfoTrustedDomain LsarSetInformationTrustedDomain " +
            "LsarOpenSecret LsarSetSecret LsarQuerySecret LsarLookupPrivilegeValue LsarLookupPrivilegeName LsarLookupPrivilegeDisplayName LsarDeleteObject " +
            "LsarEnumerateAccountsWithUserRight LsarEnumerateAccountRights LsarAddAccountRights LsarRemoveAccountRights LsarQueryTrustedDomainInfo LsarSetTrustedDomainInfo " +
            "LsarDeleteTrustedDomain LsarStorePrivateData LsarRetrievePrivateData LsarOpenPolicy2 LsarGetUserName LsarQueryInformationPolicy2 LsarSetInformationPolicy2 " +
            "LsarQueryTrustedDomainInfoByName LsarSetTrustedDomainInfoByName LsarEnumerateTrustedDomainsEx LsarCreateTrustedDomainEx LsarSetPolicyReplicationHandle " +
            "LsarQueryDomainInformationPolicy LsarSetDomainInformationPolicy LsarOpenTrustedDomainByName LsarTestCall LsarLookupSids2 LsarLookupNames2 LsarCreateTrustedDomainEx2 " +
            "- - - - - - - - LsarLookupNames3 - - - - LsarQueryForestTrustInformation LsarSetForestTrustInformation - LsarLookupSids3 LsarLookupNames4")),
        [DceRpcInterfaces.Server] = ("srvsvc", Words(
            "NetrCharDevEnum NetrCharDevGetInfo NetrCharDevControl NetrCharDevQEnum NetrCharDevQGetInfo NetrCharDevQSetInfo NetrCharDevQPurge NetrCharDevQPurgeSelf " +
            "NetrConnectionEnum NetrFileEnum NetrFileGetInfo NetrFileClose NetrSessionEnum NetrSessionDel NetrShareAdd NetrShareEnum NetrShareGetInfo NetrShareSetInfo " +
            "NetrShareDel NetrShareDelSticky NetrShareCheck NetrServerGetInfo NetrServerSetInfo NetrServerDiskEnum NetrServerStatisticsGet NetrServerTransportAdd " +
            "NetrServerTransportEnum NetrServerTransportDel NetrRemoteTOD NetrServerSetServiceBits NetprPathType NetprPathCanonicalize NetprPathCompare NetprNameValidate " +
            "NetprNameCanonicalize NetprNameCompare NetrShareEnumSticky NetrShareDelStart NetrShareDelCommit NetrpGetFileSecurity NetrpSetFileSecurity NetrServerTransportAddEx " +
            "- NetrDfsGetVersion NetrDfsCreateLocalPartition NetrDfsDeleteLocalPartition NetrDfsSetLocalVolumeState - NetrDfsCreateExitPoint NetrDfsDeleteExitPoint " +
            "NetrDfsModifyPrefix NetrDfsFixLocalVolume NetrDfsManagerReportSiteInfo NetrServerTransportDelEx NetrServerAliasAdd NetrServerAliasEnum NetrServerAliasDel NetrShareDelEx")),
        [DceRpcInterfaces.Workstation] = ("wkssvc", Words(
            "NetrWkstaGetInfo NetrWkstaSetInfo NetrWkstaUserEnum NetrWkstaUserGetInfo NetrWkstaUserSetInfo NetrWkstaTransportEnum NetrWkstaTransportAdd NetrWkstaTransportDel " +
            "NetrUseAdd NetrUseGetInfo NetrUseDel NetrUseEnum - NetrWorkstationStatisticsGet - - - - - - NetrGetJoinInformation - NetrJoinDomain2 NetrUnjoinDomain2 " +
            "NetrRenameMachineInDomain2 NetrValidateName2 NetrGetJoinableOUs2 NetrAddAlternateComputerName NetrRemoveAlternateComputerName NetrSetPrimaryComputerName " +
            "NetrEnumerateComputerNames")),
        [DceRpcInterfaces.Registry] = ("winreg", Words(
            "OpenClassesRoot OpenCurrentUser OpenLocalMachine OpenPerformanceData OpenUsers BaseRegCloseKey BaseRegCreateKey BaseRegDeleteKey BaseRegDeleteValue BaseRegEnumKey " +
            "BaseRegEnumValue BaseRegFlushKey BaseRegGetKeySecurity BaseRegLoadKey - BaseRegOpenKey BaseRegQueryInfoKey BaseRegQueryValue BaseRegReplaceKey BaseRegRestoreKey " +
            "BaseRegSaveKey BaseRegSetKeySecurity BaseRegSetValue BaseRegUnLoadKey - - BaseRegGetVersion OpenCurrentConfig - BaseRegQueryMultipleValues - BaseRegSaveKeyEx " +
            "OpenPerformanceText OpenPerformanceNlsText BaseRegQueryMultipleValues2 BaseRegDeleteKeyEx")),
        [DceRpcInterfaces.Netlogon] = ("netlogon", Words(
            "NetrLogonUasLogon NetrLogonUasLogoff NetrLogonSamLogon NetrLogonSamLogoff NetrServerReqChallenge NetrServerAuthenticate NetrServerPasswordSet NetrDatabaseDeltas " +
            "NetrDatabaseSync NetrAccountDeltas NetrAccountSync NetrGetDCName NetrLogonControl NetrGetAnyDCName NetrLogonControl2 NetrServerAuthenticate2 NetrDatabaseSync2 " +
            "NetrDatabaseRedo NetrLogonControl2Ex NetrEnumerateTrustedDomains DsrGetDcName NetrLogonGetCapabilities NetrLogonSetServiceBits NetrLogonGetTrustRid " +
            "NetrLogonComputeServerDigest NetrLogonComputeClientDigest NetrServerAuthenticate3 DsrGetDcNameEx DsrGetSiteName NetrLogonGetDomainInfo NetrServerPasswordSet2 " +
            "NetrServerPasswordGet NetrLogonSendToSam DsrAddressToSiteNamesW DsrGetDcNameEx2 NetrLogonGetTimeServiceParentDomain NetrEnumerateTrustedDomainsEx " +
            "DsrAddressToSiteNamesExW DsrGetDcSiteCoverageW NetrLogonSamLogonEx DsrEnumerateDomainTrusts DsrDeregisterDnsHostRecords NetrServerTrustPasswordsGet " +
            "DsrGetForestTrustInformation NetrGetForestTrustInformation NetrLogonSamLogonWithFlags NetrServerGetTrustInfo - DsrUpdateReadOnlyServerDnsRecords " +
            "- - - - - - - - - - NetrServerAuthenticateKerberos")),
        [DceRpcInterfaces.EncryptedFiles] = ("efsrpc", EncryptedFileOperations),
        [DceRpcInterfaces.EncryptedFilesLsass] = ("efsrpc", EncryptedFileOperations),
        [DceRpcInterfaces.Spooler] = ("spoolss", Words(
            "RpcEnumPrinters RpcOpenPrinter RpcSetJob RpcGetJob RpcEnumJobs RpcAddPrinter RpcDeletePrinter RpcSetPrinter RpcGetPrinter RpcAddPrinterDriver " +
            "RpcEnumPrinterDrivers RpcGetPrinterDriver RpcGetPrinterDriverDirectory RpcDeletePrinterDriver RpcAddPrintProcessor RpcEnumPrintProcessors " +
            "RpcGetPrintProcessorDirectory RpcStartDocPrinter RpcStartPagePrinter RpcWritePrinter RpcEndPagePrinter RpcAbortPrinter RpcReadPrinter RpcEndDocPrinter RpcAddJob " +
            "RpcScheduleJob RpcGetPrinterData RpcSetPrinterData RpcWaitForPrinterChange RpcClosePrinter RpcAddForm RpcDeleteForm RpcGetForm RpcSetForm RpcEnumForms " +
            "RpcEnumPorts RpcEnumMonitors RpcAddPort RpcConfigurePort RpcDeletePort RpcCreatePrinterIC RpcPlayGdiScriptOnPrinterIC RpcDeletePrinterIC " +
            "RpcAddPrinterConnection RpcDeletePrinterConnection RpcPrinterMessageBox RpcAddMonitor RpcDeleteMonitor RpcDeletePrintProcessor RpcAddPrintProvidor " +
            "RpcDeletePrintProvidor RpcEnumPrintProcessorDatatypes RpcResetPrinter RpcGetPrinterDriver2 RpcClientFindFirstPrinterChangeNotification " +
            "RpcFindNextPrinterChangeNotification RpcFindClosePrinterChangeNotification RpcRouterFindFirstPrinterChangeNotificationOld RpcReplyOpenPrinter RpcRouterReplyPrinter " +
            "RpcReplyClosePrinter RpcAddPortEx RpcRemoteFindFirstPrinterChangeNotification RpcSpoolerInit RpcResetPrinterEx RpcRemoteFindFirstPrinterChangeNotificationEx " +
            "RpcRouterReplyPrinterEx RpcRouterRefreshPrinterChangeNotification RpcSetAllocFailCount RpcOpenPrinterEx RpcAddPrinterEx RpcSetPort RpcEnumPrinterData " +
            "RpcDeletePrinterData RpcClusterSplOpen RpcClusterSplClose RpcClusterSplIsAlive RpcSetPrinterDataEx RpcGetPrinterDataEx RpcEnumPrinterDataEx RpcEnumPrinterKey " +
            "RpcDeletePrinterDataEx RpcDeletePrinterKey RpcSeekPrinter RpcDeletePrinterDriverEx RpcAddPerMachineConnection RpcDeletePerMachineConnection " +
            "RpcEnumPerMachineConnections RpcXcvData RpcAddPrinterDriverEx RpcSplOpenPrinter")),
        [DceRpcInterfaces.AsynchronousPrint] = ("IRemoteWinspool", Words(
            "RpcAsyncOpenPrinter RpcAsyncAddPrinter RpcAsyncSetJob RpcAsyncGetJob RpcAsyncEnumJobs RpcAsyncAddJob RpcAsyncScheduleJob RpcAsyncDeletePrinter RpcAsyncSetPrinter " +
            "RpcAsyncGetPrinter RpcAsyncStartDocPrinter RpcAsyncStartPagePrinter RpcAsyncWritePrinter RpcAsyncEndPagePrinter RpcAsyncEndDocPrinter RpcAsyncAbortPrinter " +
            "RpcAsyncGetPrinterData RpcAsyncGetPrinterDataEx RpcAsyncSetPrinterData RpcAsyncSetPrinterDataEx RpcAsyncClosePrinter RpcAsyncAddForm RpcAsyncDeleteForm " +
            "RpcAsyncGetForm RpcAsyncSetForm RpcAsyncEnumForms RpcAsyncGetPrinterDriver RpcAsyncEnumPrinterData RpcAsyncEnumPrinterDataEx RpcAsyncEnumPrinterKey " +
            "RpcAsyncDeletePrinterData RpcAsyncDeletePrinterDataEx RpcAsyncDeletePrinterKey RpcAsyncXcvData RpcAsyncSendRecvBidiData RpcAsyncCreatePrinterIC " +
            "RpcAsyncPlayGdiScriptOnPrinterIC RpcAsyncDeletePrinterIC RpcAsyncEnumPrinters RpcAsyncAddPrinterDriver")),
        [DceRpcInterfaces.ShadowCopyAgent] = ("FssagentRpc", Words(
            "GetSupportedVersion SetContext StartShadowCopySet AddToShadowCopySet CommitShadowCopySet ExposeShadowCopySet RecoveryCompleteShadowCopySet AbortShadowCopySet " +
            "IsPathSupported IsPathShadowCopied GetShareMapping DeleteShareMapping PrepareShadowCopySet")),
        [DceRpcInterfaces.DistributedFiles] = ("netdfs", Words(
            "NetrDfsManagerGetVersion NetrDfsAdd NetrDfsRemove NetrDfsSetInfo NetrDfsGetInfo NetrDfsEnum NetrDfsMove NetrDfsManagerGetConfigInfo NetrDfsManagerSendSiteInfo " +
            "- NetrDfsAddFtRoot NetrDfsRemoveFtRoot NetrDfsAddStdRoot NetrDfsRemoveStdRoot NetrDfsManagerInitialize NetrDfsAddStdRootForced NetrDfsGetDcAddress NetrDfsSetDcAddress " +
            "NetrDfsFlushFtTable NetrDfsAdd2 NetrDfsRemove2 NetrDfsEnumEx NetrDfsSetInfo2")),
        [DceRpcInterfaces.EventLog] = ("eventlog", Words(
            "ElfrClearELFW ElfrBackupELFW ElfrCloseEL ElfrDeregisterEventSource ElfrNumberOfRecords ElfrOldestRecord ElfrChangeNotify ElfrOpenELW ElfrRegisterEventSourceW " +
            "ElfrOpenBELW ElfrReadELW ElfrReportEventW ElfrClearELFA ElfrBackupELFA ElfrOpenELA ElfrRegisterEventSourceA ElfrOpenBELA ElfrReadELA ElfrReportEventA")),
        ["12b81e99-f207-4a4c-85d3-77b42f76fd14"] = ("ISeclogon", Words("SeclCreateProcessWithLogonW")),
        ["2f5f6520-ca46-1067-b319-00dd010662da"] = ("tapsrv", Words("ClientAttach ClientRequest ClientDetach")),
        ["378e52b0-c0a9-11cf-822d-00aa0051e40f"] = ("sasec", Words("SASetAccountInformation SASetNSAccountInformation SAGetNSAccountInformation SAGetAccountInformation")),
        ["3919286a-b10c-11d0-9ba8-00c04fd92ef5"] = ("dssetup", Words("DsRolerGetPrimaryDomainInformation")),
        ["50abc2a4-574d-40b3-9d66-ee4fd5fba076"] = ("DNSServer", Words("DnssrvOperation DnssrvQuery DnssrvComplexOperation DnssrvEnumRecords DnssrvUpdateRecord DnssrvOperation2 DnssrvQuery2 DnssrvComplexOperation2 DnssrvEnumRecords2 DnssrvUpdateRecord2")),
        ["91ae6020-9e3c-11cf-8d7c-00aa00c091be"] = ("ICertPassage", Words("CertServerRequest")),
        ["f6beaff7-1e19-4fbb-9f8f-b89e2018337c"] = ("eventlog6", []),
        ["894de0c0-0d55-11d3-a322-00c04fa321a1"] = ("InitShutdown", Words("BaseInitiateShutdown BaseAbortShutdown BaseInitiateShutdownEx")),
        ["afa8bd80-7d8a-11c9-bef4-08002b102989"] = ("mgmt", Words("inq_if_ids inq_stats is_server_listening stop_server_listening inq_princ_name")),
        ["d6d70ef0-0e3b-11cb-acc3-08002b1d29c3"] = ("RpcLocator", []),
    };

    private static string[] EncryptedFileOperations => Words(
        "EfsRpcOpenFileRaw EfsRpcReadFileRaw EfsRpcWriteFileRaw EfsRpcCloseRaw EfsRpcEncryptFileSrv EfsRpcDecryptFileSrv EfsRpcQueryUsersOnFile EfsRpcQueryRecoveryAgents " +
        "EfsRpcRemoveUsersFromFile EfsRpcAddUsersToFile - EfsRpcNotSupported EfsRpcFileKeyInfo EfsRpcDuplicateEncryptionInfoFile - EfsRpcAddUsersToFileEx EfsRpcFileKeyInfoEx - " +
        "EfsRpcGetEncryptedFileMetadata EfsRpcSetEncryptedFileMetadata EfsRpcFlushEfsCache EfsRpcEncryptFileExSrv EfsRpcQueryProtectors");

    /// <summary>Names an interface; one without a name is shown as its identifier.</summary>
    public static string Interface(string? identifier)
        => string.IsNullOrEmpty(identifier) ? "interface not seen" : s_interfaces.TryGetValue(identifier, out var known) ? known.Name : identifier;

    /// <summary>Names an operation; where its interface was not seen it has only a number.</summary>
    public static string Operation(string? identifier, int operation)
        => string.IsNullOrEmpty(identifier) ? string.Create(CultureInfo.InvariantCulture, $"operation {operation}")
            : s_interfaces.TryGetValue(identifier, out var known) && operation < known.Operations.Length && known.Operations[operation] is not "-" ? known.Operations[operation]
            : string.Create(CultureInfo.InvariantCulture, $"unknown-{operation}");

    private static string[] Words(string text) => text.Split(' ');
}
